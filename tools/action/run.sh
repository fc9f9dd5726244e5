#!/usr/bin/env bash
# run.sh publish|check: what a step of the action does, with its inputs as variables: $PHOTOS and $ARGUMENTS, one a line, $PROFILE,
# $OUTPUT and $SARIF. Ends as filigrane does.
set -euo pipefail
mapfile -t photos < <(printf '%s\n' "$PHOTOS" | sed '/^[[:space:]]*$/d')
mapfile -t arguments < <(printf '%s\n' "${ARGUMENTS-}" | sed '/^[[:space:]]*$/d')
[ -z "${PROFILE-}" ] || arguments+=(-p "$PROFILE")
case $1 in
    publish) filigrane publish -o "$OUTPUT" "${arguments[@]}" -- "${photos[@]}" ;;
    check)
        # A profile says which rights are right; what finds none checks all the same.
        [ -n "${PROFILE-}" ] || [ ! -e filigrane.yaml ] || arguments+=(-p ./filigrane.yaml)
        status=0
        filigrane check --sarif "${arguments[@]}" -- "${photos[@]}" >"$SARIF" || status=$?
        [ ! -s "$SARIF" ] || echo "sarif=$SARIF" >>"$GITHUB_OUTPUT"
        exit $status
        ;;
esac
