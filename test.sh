#!/usr/bin/env bash
# Runs every test. Installs what the browser and database tests need where it may (as root, by apt-get), and otherwise names it.
# The last line counts: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

install() {  # install COMMAND PACKAGE
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$2" >/dev/null
  fi
  command -v "$1" >/dev/null || echo "missing: $1 (install it: apt-get install $2); its tests will fail" >&2
}

install chromium chromium
install pg_ctlcluster postgresql

dotnet build Sessions.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --solution Sessions.sln -c Release --no-build --no-progress 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { awk -v name="$1:" '$1 == name { n = $2 } END { print n + 0 }' "$log"; }
[ "$(count total)" -gt 0 ] || status=1
echo "$(count succeeded) passed, $(count failed) failed, $(count skipped) skipped"
exit "$status"
