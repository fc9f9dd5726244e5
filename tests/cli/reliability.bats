#!/usr/bin/env bats
# The short forms of tests/torture. What can't be tried on a machine is skipped; ./dev torture has the long forms.
load common

torture() {
    local status=0
    PYTHONDONTWRITEBYTECODE=1 python3 "$FG_SOURCE_DIR/tests/torture/$1.py" --short || status=$?
    [ "$status" -ne 77 ] || skip "$1 can't be tried here"
    return "$status"
}

@test "each hostile photo gets its verdict, alone, and its neighbours do not notice" {
    torture hostile
}

@test "a run that is killed before any call leaves each file absent or whole, and the next one converges" {
    torture kill
}

@test "a disk that fails at any call ends the run with exit 3, the file named and nothing half" {
    torture full
}

@test "a photo that is cut short is never published" {
    torture cuts
}

@test "a run opens no socket, starts no program and writes to no original" {
    torture trace
}

@test "a photo that is too large for its memory fails alone" {
    torture memory
}

@test "the recipes for many machines make the bytes of one" {
    torture shards
}

@test "a damaged state is rebuilt, and no way of naming an original as an output changes it" {
    torture state
}
