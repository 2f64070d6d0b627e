#!/usr/bin/env bash
# Builds everything (pages too), installs what the tests need and the machine lacks, checks the formatting, runs every test,
# prints which were skipped, and ends with a line "N passed, N failed". Under CI (the variable is set) a test that is skipped though it could run
# there counts as failed. A test that hangs is given up after 20 minutes.
set -uo pipefail
cd "$(dirname "$0")"
web=src/EOrda.Portal/web
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# The only tests that may be skipped are those on a disk of their own, where none can be mounted.
can_mount() {
  local disk image
  disk=$(mktemp -d) && image=$(mktemp) && truncate -s 8M "$image" || return 1
  case $1 in
    tmpfs) mount -t tmpfs none "$disk" ;;
    ext4) mkfs.ext4 -q "$image" && mount -o loop "$image" "$disk" ;;
  esac && umount "$disk"
  local could=$?
  rm -f "$image"
  rmdir "$disk"
  return "$could"
} >/dev/null 2>&1

could_run() {
  case $1 in
    EOrda.Actors.Sqlite.Tests.* | EOrda.Reliability.Tests.*full_disk*) can_mount tmpfs ;;
    EOrda.Reliability.Tests.*) can_mount ext4 ;;
    EOrda.Cluster.Tests.*cut_off*) ip netns add eorda-test-sh && ip netns del eorda-test-sh ;;
    *) return 0 ;;
  esac
}

# A step that fails counts as one failed test and ends the run.
step() {
  echo "== $1"
  shift
  "$@" || { echo "0 passed, 1 failed"; exit 1; }
}

install_chromium() {
  command -v chromium >/dev/null && return
  if [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  else
    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  fi
}

# Without the cluster that the package would start by itself.
install_postgresql() {
  ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && return
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

step "Chromium for the browser tests" install_chromium
step "PostgreSQL for the tests of the journal" install_postgresql
step "Build" dotnet build EOrda.Actors.sln -c Release --nologo -v quiet
step "Formatting of C#" dotnet format EOrda.Actors.sln --verify-no-changes --no-restore
step "Formatting of the pages" npm --prefix "$web" run --silent format:check
step "Types of the pages" npm --prefix "$web" run --silent check

echo "== Tests"
NO_COLOR=1 npm --prefix "$web" test 2>&1 | tee -a "$log"
pages=${PIPESTATUS[0]}
# Faults under a race on a cluster of three take a run of their own (docs/reliability.md).
dotnet test EOrda.Actors.sln -c Release --no-build --nologo --filter "FullyQualifiedName!~EOrda.Cluster.Tests.Faults" --blame-hang-timeout 20m --blame-hang-dump-type none 2>&1 | tee -a "$log"
rooms=${PIPESTATUS[0]}

# vitest: "Tests  12 passed (12)"; dotnet test: "Failed: 0, Passed: 12, …".
sum() { sed -nE "$1" "$log" | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(( $(sum 's/.*Passed: +([0-9]+),.*/\1/p') + $(sum 's/^ +Tests .*[^0-9]([0-9]+) passed.*/\1/p') ))
failed=$(( $(sum 's/.*Failed: +([0-9]+),.*/\1/p') + $(sum 's/^ +Tests .*[^0-9]([0-9]+) failed.*/\1/p') ))
if [ "$failed" -eq 0 ] && { [ "$pages" -ne 0 ] || [ "$rooms" -ne 0 ]; }; then
  failed=1
fi
while read -r skipped; do
  echo "skipped: $skipped"
  if [ -n "${CI:-}" ] && could_run "$skipped"; then
    echo "  but it could run here"
    failed=$((failed + 1))
  fi
done < <(sed -nE 's/^\[xUnit[^]]*\] +(.*) \[SKIP\]$/\1/p; s/^ +Skipped ([^ ]+) \[.*/\1/p' "$log" | sort -u)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
