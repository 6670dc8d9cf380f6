#!/usr/bin/env bash
# Prints where a Chromium that starts is, after installing Debian's package when allowed; fails when none can be had.
set -euo pipefail

find_one() {
    local name path
    for name in "${PARVIS_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] || continue
        path=$(command -v "$name") || continue
        # Ubuntu's chromium-browser may be a stub that only asks for a snap.
        if timeout 30 "$path" --version >/dev/null 2>&1; then
            echo "$path"
            return 0
        fi
    done
    return 1
}

find_one && exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || exit 1
    as_root=(sudo -n)
fi
command -v apt-get >/dev/null || exit 1
{
    "${as_root[@]}" timeout 300 apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive timeout 900 apt-get install -y -qq --no-install-recommends \
        chromium fonts-liberation
} >&2 || exit 1
find_one
