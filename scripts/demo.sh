#!/usr/bin/env bash
# Serves the demo company on port $1, made first where PARVIS_DATA is empty.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -e "$PARVIS_DATA/parvis.sqlite3" ] && [ -z "${DATABASE_URL:-}" ]; then
    .venv/bin/parvis migrate --verbosity 0
    .venv/bin/parvis create_demo
else
    .venv/bin/parvis migrate --verbosity 0
fi
exec .venv/bin/parvis serve --port "$1"
