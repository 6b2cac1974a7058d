#!/usr/bin/env bash
# Runs every test. Installs what the tests of browsers, servers and native applications need where it may (as root, by apt-get), and otherwise names it.
#   ./test.sh          everything; the long runs do a tenth of their rounds
#   ./test.sh --full   the long runs do all of them
# The last line counts: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
case "${1:-}" in
  "") ;;
  --full) export SESSIONS_TEST_FULL=1 SESSION_STORE_ROUNDS=500 ;;
  *) echo "usage: ./test.sh [--full]" >&2; exit 2 ;;
esac

install() {  # install FILE-OR-COMMAND PACKAGE
  compgen -G "$1" >/dev/null || command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$2" >/dev/null
  fi
  compgen -G "$1" >/dev/null || command -v "$1" >/dev/null || echo "missing: $2 (apt-get install $2); its tests will fail" >&2
}

install chromium chromium
install redis-server redis-server
install '/usr/lib/postgresql/*/bin/initdb' postgresql
install clang clang
install /usr/include/zlib.h zlib1g-dev

dotnet build Sessions.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test --solution Sessions.sln -c Release --no-build --no-progress --report-trx --report-trx-filename "{asm}.trx" --results-directory "$results" 2>&1 | tee "$results/log"
status=${PIPESTATUS[0]}

tests/report.sh "$results" || status=1
count() { awk -v name="$1:" '$1 == name { n = $2 } END { print n + 0 }' "$results/log"; }
[ "$(count total)" -gt 0 ] || status=1
echo "$(count succeeded) passed, $(count failed) failed, $(count skipped) skipped"
exit "$status"
