#!/usr/bin/env bash
# PostgreSQL and Redis for the tests, on ports and in a folder of their own; nothing of them stays afterwards.
#
#   scripts/engines.sh run COMMAND…   starts them, runs the command with DATABASE_URL and REDIS_URL, stops them
#   scripts/engines.sh start          starts them and prints the two lines to export (eval "$(scripts/engines.sh start)")
#   scripts/engines.sh stop           stops those that `start` left
#
# Missing ones are installed from Debian's packages when root or `sudo -n` is allowed.
set -euo pipefail
cd "$(dirname "$0")/.."

STATE=.cache/engines # the folder of what `start` left running

say() { echo "engines: $*" >&2; }
die() { say "$*"; exit 1; }

# --- Finding and installing ------------------------------------------------------------------------------------------
postgres_bin() {
    # Debian keeps the server's programs out of PATH; the newest of 15 and above.
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
        if [ "$(basename "$(dirname "$folder")")" -ge 15 ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
            echo "$folder"
            return 0
        fi
    done
    return 1
}

install_packages() {
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || die "missing: $*, and installing them needs root"
        as_root=(sudo -n)
    fi
    command -v apt-get >/dev/null || die "missing: $*, and this is no Debian"
    say "installing $*"
    # No cluster and no service of the machine are made or started: the tests bring their own.
    local no_cluster=/etc/postgresql-common/createcluster.conf.d/parvis-tests.conf had_file=yes
    if [ ! -e "$no_cluster" ]; then
        had_file=no
        "${as_root[@]}" mkdir -p "$(dirname "$no_cluster")"
        echo "create_main_cluster = false" | "${as_root[@]}" tee "$no_cluster" >/dev/null
    fi
    "${as_root[@]}" timeout 300 apt-get update -qq >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 timeout 900 \
        apt-get install -y -qq --no-install-recommends "$@" >&2
    [ "$had_file" = yes ] || "${as_root[@]}" rm -f "$no_cluster"
}

find_or_install() {
    local missing=()
    postgres_bin >/dev/null || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
    BIN=$(postgres_bin) || die "no PostgreSQL 15 or newer"
    command -v redis-server >/dev/null || die "no redis-server"
}

# --- Starting ----------------------------------------------------------------------------------------------------------
# initdb refuses root: everything runs as the user of the package, or as nobody.
as_user() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    else
        runuser -u "$OWNER" -- "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_postgres() {
    local attempt
    as_user "$BIN/initdb" -D "$HERE/postgres" -U parvis -E UTF8 --locale=C.UTF-8 -A scram-sha-256 \
        --pwfile "$HERE/password" >"$HERE/initdb.log" 2>&1 || { cat "$HERE/initdb.log" >&2; die "initdb failed"; }
    # Durability is not what these tests look at, and it would cost minutes.
    as_user tee -a "$HERE/postgres/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$HERE'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
max_connections = 200
CONF
    for attempt in 1 2 3; do
        POSTGRES_PORT=$(free_port)
        if as_user "$BIN/pg_ctl" -D "$HERE/postgres" -l "$HERE/postgres.log" -o "-p $POSTGRES_PORT" -w -t 60 start >/dev/null; then
            PGPASSWORD=$PASSWORD "$BIN/psql" -h 127.0.0.1 -p "$POSTGRES_PORT" -U parvis -d postgres -q \
                -c 'CREATE DATABASE parvis'
            return 0
        fi
    done
    cat "$HERE/postgres.log" >&2
    die "PostgreSQL did not start"
}

start_redis() {
    local attempt look
    for attempt in 1 2 3; do
        REDIS_PORT=$(free_port)
        as_user redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --dir "$HERE" --save "" --appendonly no \
            --requirepass "$PASSWORD" --daemonize yes --pidfile "$HERE/redis.pid" --logfile "$HERE/redis.log" >/dev/null
        for look in $(seq 50); do
            if [ "$(REDISCLI_AUTH=$PASSWORD redis-cli -p "$REDIS_PORT" ping 2>/dev/null)" = PONG ]; then
                return 0
            fi
            sleep 0.1
        done
    done
    cat "$HERE/redis.log" >&2
    die "Redis did not start"
}

start() {
    find_or_install
    OWNER=$(id -un)
    if [ "$(id -u)" = 0 ]; then
        OWNER=nobody
        id postgres >/dev/null 2>&1 && OWNER=postgres
    fi
    # A short path: a Unix socket's may not exceed 107 characters.
    HERE=$(mktemp -d "${TMPDIR:-/tmp}/parvis-engines.XXXXXX")
    PASSWORD=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
    printf '%s' "$PASSWORD" >"$HERE/password"
    chmod 700 "$HERE"
    chmod 600 "$HERE/password"
    [ "$(id -u)" != 0 ] || chown -R "$OWNER" "$HERE"

    start_postgres
    start_redis
    rm -f "$HERE/password"
    DATABASE_URL=postgres://parvis:$PASSWORD@127.0.0.1:$POSTGRES_PORT/parvis
    REDIS_URL=redis://default:$PASSWORD@127.0.0.1:$REDIS_PORT/0
    say "PostgreSQL $("$BIN/postgres" --version | awk '{print $3}') on $POSTGRES_PORT, Redis on $REDIS_PORT"
}

# --- Stopping ----------------------------------------------------------------------------------------------------------
# A pid counts only while its process still names our folder: it may have been given to another program since.
is_ours() { [ -n "$1" ] && tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF "$2"; }

stop_in() {
    local here=$1 pid look
    [ -d "$here" ] || return 0
    pid=$(head -n 1 "$here/postgres/postmaster.pid" 2>/dev/null || true)
    if is_ours "$pid" "$here"; then
        kill -INT "$pid" 2>/dev/null || true # fast shutdown
    else
        pid=
    fi
    local redis_pid
    redis_pid=$(cat "$here/redis.pid" 2>/dev/null || true)
    if [ -n "$redis_pid" ] && [ "$(readlink "/proc/$redis_pid/cwd" 2>/dev/null)" = "$here" ]; then
        kill "$redis_pid" 2>/dev/null || true
    else
        redis_pid=
    fi
    for look in $(seq 100); do
        { [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; } || { [ -n "$redis_pid" ] && kill -0 "$redis_pid" 2>/dev/null; } || break
        sleep 0.1
    done
    for pid in $pid $redis_pid; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    rm -rf "$here"
}

stop_left() {
    [ -f "$STATE" ] || return 0
    stop_in "$(cat "$STATE")"
    rm -f "$STATE"
}

# What a `run` that was killed with -9 left: its folder says which shell owned it.
sweep() {
    local here
    for here in "${TMPDIR:-/tmp}"/parvis-engines.*; do
        [ -f "$here/shell.pid" ] || continue
        is_ours "$(cat "$here/shell.pid")" engines.sh || stop_in "$here"
    done
}

HERE=
case "${1:-}" in
run)
    shift
    sweep
    trap 'stop_in "$HERE"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    start
    echo $$ >"$HERE/shell.pid"
    DATABASE_URL=$DATABASE_URL REDIS_URL=$REDIS_URL "$@"
    ;;
start)
    stop_left
    trap 'stop_in "$HERE"' EXIT
    start
    mkdir -p "$(dirname "$STATE")"
    printf '%s\n' "$HERE" >"$STATE"
    trap - EXIT
    printf 'export DATABASE_URL=%s\nexport REDIS_URL=%s\n' "$DATABASE_URL" "$REDIS_URL"
    ;;
stop)
    stop_left
    ;;
*)
    die "usage: $0 run COMMAND… | start | stop"
    ;;
esac
