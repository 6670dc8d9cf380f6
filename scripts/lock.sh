#!/usr/bin/env bash
# Writes requirements/*.txt from requirements/*.in: exact versions with hashes, for every platform, without the name of
# a host or a folder. runtime first: the others are constrained by it.
set -euo pipefail
cd "$(dirname "$0")/.."

for name in tools runtime front s3 test; do
    .venv/bin/uv pip compile --no-config --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --quiet --only-binary :all: "requirements/$name.in" -o "requirements/$name.txt"
done
