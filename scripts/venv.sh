#!/usr/bin/env bash
# Makes .venv with a Python that is new enough, or says in one sentence what the machine lacks.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
python=
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c "$new_enough" 2>/dev/null; then
        python=$candidate
        break
    fi
done

if [ -z "$python" ]; then
    echo "Parvis needs Python 3.11 or newer; set PYTHON to where it is (make setup PYTHON=…)." >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi

# A folder that was moved or copied keeps the old place in its scripts: made again rather than half working.
if ! .venv/bin/python -c "$new_enough" 2>/dev/null || ! grep -qsF "$PWD/.venv" .venv/bin/activate; then
    "$python" -m venv --clear .venv
fi
