#!/usr/bin/env bash
# Installs locks with their hashes into .venv: install.sh runtime test front. By uv, or by pip where uv cannot
# (a mirror that only pip's configuration names, a processor uv has no wheel for).
set -euo pipefail
cd "$(dirname "$0")/.."

locks=()
for name in "$@"; do
    locks+=(-r "requirements/$name.txt")
done

if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt &&
    .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes "${locks[@]}"; then
    exit 0
fi
echo "uv could not install the locks; pip takes over (slower)." >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${locks[@]}"
