#!/usr/bin/env bash
# Runs a command beside a private PostgreSQL 15 that exists only as long as the command runs:
#
#   benchmarks/postgres.sh dotnet run -c Release --project benchmarks/EOrda.Peers -- postgres
#
# The command finds the server's connection string in EORDA_POSTGRES and its first process in EORDA_POSTGRES_PROCESS. The server
# keeps its files in a temporary directory (under TMPDIR), listens on a unix socket in it and nowhere else, syncs every commit, and is
# stopped at the end, also on failure.
# Debian's postgresql is installed if it is missing and the user is root.
set -euo pipefail

if [ $# -eq 0 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi

find_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

bin=$(find_bin)
if [ -z "$bin" ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "PostgreSQL is not installed; run this as root once, or install the package postgresql." >&2
    exit 1
  fi
  apt-get update -q >&2
  # Without the cluster that the package would start by itself.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql >&2
  bin=$(find_bin)
fi

# The server refuses to run as root.
as_owner=()
owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  as_owner=(setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups)
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/eorda-pg.XXXXXX")
data=$home/data
server=

stop() {
  if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
    kill -INT "$server" # disconnects clients and shuts down
    wait "$server" || true
  fi
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

[ "$owner" = "$(id -un)" ] || chown "$owner" "$home"
cd "$home"
"${as_owner[@]}" "$bin/initdb" --pgdata="$data" --username=eorda --auth=trust --encoding=UTF8 --locale=C >"$home/initdb.log" 2>&1 \
  || { cat "$home/initdb.log" >&2; exit 1; }

cat > "$home/settings" <<'SETTINGS'
# Nobody but local processes.
listen_addresses = ''
max_connections = 200
# As safe as the journal.
fsync = on
synchronous_commit = on
full_page_writes = on
# Room for the whole table, and no checkpoint within a run.
shared_buffers = 512MB
wal_buffers = 16MB
min_wal_size = 2GB
max_wal_size = 8GB
checkpoint_timeout = 30min
checkpoint_completion_target = 0.9
wal_init_zero = on
wal_recycle = on
wal_level = minimal
max_wal_senders = 0
# Plain statements on small rows.
jit = off
autovacuum_naptime = 5s
SETTINGS
cat "$home/settings" >> "$data/postgresql.conf"
echo "unix_socket_directories = '$home'" >> "$data/postgresql.conf"

"${as_owner[@]}" "$bin/postgres" -D "$data" >"$home/server.log" 2>&1 &
server=$!

for _ in $(seq 1 100); do
  if "$bin/pg_isready" -q -h "$home" -d postgres -U eorda; then break; fi
  if ! kill -0 "$server" 2>/dev/null; then cat "$home/server.log" >&2; exit 1; fi
  sleep 0.1
done
"$bin/pg_isready" -q -h "$home" -d postgres -U eorda || { cat "$home/server.log" >&2; exit 1; }

cd "$OLDPWD"
EORDA_POSTGRES="Host=$home;Username=eorda;Database=postgres" EORDA_POSTGRES_PROCESS=$server "$@"
