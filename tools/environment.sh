#!/bin/sh
# Makes a Python environment with this checkout in it, or leaves one alone that is up to date.
#
#   tools/environment.sh FOLDER run|test|dev|bench
#
# Uses uv where it is there, else venv and pip. PYTHON names the interpreter; without it the newest on PATH is taken.
set -eu

folder=$1
extra=$2
newest_first="python3.14 python3.13 python3.12 python3.11 python3 python"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

has_uv() { command -v uv >/dev/null 2>&1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# The first interpreter that runs; a name on PATH may be a mere shim.
find_python() {
    for candidate in ${PYTHON:-$newest_first}; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
}

with_uv() { has_uv && uv venv --quiet --seed --python "${python:->=3.11}" "$folder" >&2; }

with_venv() { [ -n "$python" ] && "$python" -m venv "$folder" >/dev/null 2>&1; }

# Debian keeps ensurepip in a package of its own; a pip that is there can serve the new environment, too.
with_pip_from_outside() {
    rm -rf "$folder"
    [ -n "$python" ] && "$python" -m venv --without-pip "$folder" >/dev/null 2>&1 &&
        "$python" -m pip --python "$folder/bin/python" install --quiet pip >/dev/null 2>&1
}

create() {
    if [ -e "$folder" ] && [ ! -e "$folder/pyvenv.cfg" ]; then
        fail "found $folder, which is no Python environment: move it away or name another with VENV="
    fi
    rm -rf "$folder"
    python=$(find_python)
    if with_uv || with_venv || with_pip_from_outside; then
        return
    fi
    rm -rf "$folder"
    if [ -z "$python" ]; then
        fail "found no ${PYTHON:-python} of 3.11 or newer: install one (Debian, Ubuntu: apt-get install python3 python3-venv;" \
            "macOS: brew install python) or name it with PYTHON="
    fi
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    fail "found $python without its venv module: install it (Debian, Ubuntu: apt-get install $package) and try again"
}

install() {
    if has_uv && uv pip install --quiet --python "$folder/bin/python" --editable "$1" >&2; then
        return
    fi
    if ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
        fail "found no pip in $folder: remove that folder and try again"
    fi
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$1" >&2
}

# The larger sets hold the smaller ones.
case $extra in
    run) what=. fulfils=run ;;
    test) what=".[test]" fulfils="run test" ;;
    dev) what=".[dev]" fulfils="run test dev" ;;
    bench) what=".[bench]" fulfils=bench ;;
    *) fail "found '$extra', expected run, test, dev or bench" ;;
esac

# An environment does not survive that its checkout moves, so the place is part of the stamp.
state="$(pwd) $(cksum <pyproject.toml)"
if [ "$(cat "$folder/.youkong-$extra" 2>/dev/null)" = "$state" ] && is_new_enough "$folder/bin/python"; then
    exit 0
fi
say "setting up $folder ($extra); the first time this takes about a minute"
case $(cat "$folder"/.youkong-* 2>/dev/null) in
    "" | "$(pwd) "*) ;;
    *) rm -rf "$folder" ;;
esac
is_new_enough "$folder/bin/python" || create
install "$what"
for each in $fulfils; do
    printf '%s\n' "$state" >"$folder/.youkong-$each"
done
