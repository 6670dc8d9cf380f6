#!/usr/bin/env bash
# Serves the demo company on port $1, made first where PARVIS_DATA is empty. Refuses a folder that holds real people.
set -euo pipefail
cd "$(dirname "$0")/.."

.venv/bin/parvis migrate --verbosity 0
.venv/bin/parvis create_demo --if-empty
exec .venv/bin/parvis serve --port "$1"
