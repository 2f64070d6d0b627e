#!/usr/bin/env bash
# Builds everything (pages too), installs what the tests need and the machine lacks, checks the formatting, runs every test,
# and ends with a line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"
web=src/EOrda.Portal/web
log=$(mktemp)
trap 'rm -f "$log"' EXIT

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

step "Chromium for the browser tests" install_chromium
step "Build" dotnet build EOrda.Actors.sln -c Release --nologo -v quiet
step "Formatting of C#" dotnet format EOrda.Actors.sln --verify-no-changes --no-restore
step "Formatting of the pages" npm --prefix "$web" run --silent format:check
step "Types of the pages" npm --prefix "$web" run --silent check

echo "== Tests"
NO_COLOR=1 npm --prefix "$web" test 2>&1 | tee -a "$log"
pages=${PIPESTATUS[0]}
dotnet test EOrda.Actors.sln -c Release --no-build --nologo 2>&1 | tee -a "$log"
rooms=${PIPESTATUS[0]}

# vitest: "Tests  12 passed (12)"; dotnet test: "Failed: 0, Passed: 12, …".
sum() { sed -nE "$1" "$log" | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(( $(sum 's/.*Passed: +([0-9]+),.*/\1/p') + $(sum 's/^ +Tests .*[^0-9]([0-9]+) passed.*/\1/p') ))
failed=$(( $(sum 's/.*Failed: +([0-9]+),.*/\1/p') + $(sum 's/^ +Tests .*[^0-9]([0-9]+) failed.*/\1/p') ))
if [ "$failed" -eq 0 ] && { [ "$pages" -ne 0 ] || [ "$rooms" -ne 0 ]; }; then
  failed=1
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
