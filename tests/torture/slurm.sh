#!/usr/bin/env bash
# slurm.sh start|stop FOLDER: a Slurm of one node, with all that it keeps in FOLDER. Needs root, slurm-wlm and munge.
set -euo pipefail
folder=$2

await() {
    for _ in $(seq 100); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    echo "gave up on: $*" >&2
    return 1
}

start() {
    local host
    host=$(hostname -s)
    mkdir -p "$folder/state" "$folder/spool" /run/munge
    chown munge: /run/munge
    if ! munge -n >/dev/null 2>&1; then
        # It goes to the background by itself, and tells by this file which process it is.
        runuser -u munge -- munged --pid-file=/run/munge/torture.pid
        cp /run/munge/torture.pid "$folder/munged.pid"
    fi
    cat >"$folder/slurm.conf" <<EOT
ClusterName=torture
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
MinJobAge=30
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
EOT
    export SLURM_CONF=$folder/slurm.conf
    slurmctld
    slurmd
    await sinfo -h -t idle -o %D
    await sh -c 'sinfo -h -o %t | grep -x idle >/dev/null'
}

# Only what was started here, by its number.
stop() {
    local name
    for name in slurmd slurmctld munged; do
        [ ! -f "$folder/$name.pid" ] || kill "$(cat "$folder/$name.pid")" 2>/dev/null || true
    done
}

"$1"
