#!/usr/bin/env bash
# report.sh RESULTS: from the JUnit reports of a test run, the table of stores and the cases of their contracts, the requirements of
# docs/threat-model.md, what tests measured, and last, which tests failed and why. Fails when a requirement has a test that is missing or failed.
set -euo pipefail
cd "$(dirname "$0")/.."

unescape() { sed -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'; }

cases=$(sed -nE 's/^    public async Task ([A-Za-z_]+)\(.*/\1/p' src/Sessions.Testing/SessionStoreContract*.cs tests/Shared/SessionConcurrencyContract.cs)

# One test a line: class, method, outcome.
tests=$(sed -e 's/<testcase /\n&/g' "$1"/*.xml | sed -nE '/^<testcase /{
  s/.*/&\tpassed/
  /<skipped/s/passed$/skipped/
  /<(failure|error)/s/passed$/FAILED/
  s/^<testcase name="([A-Za-z_0-9.]*)\.([A-Za-z_0-9]+)[^\t]*\t/\1\t\2\t/p
}')

awk -F'\t' -v cases="$cases" '
  BEGIN { count = split(cases, known, "\n"); for (i = 1; i <= count; i++) isCase[known[i]] = 1 }
  isCase[$2] {
    store = $1; sub(/.*\./, "", store)
    if (!sub(/(SessionStore|Concurrency)Tests$/, "", store)) next
    if (!(store in column)) { column[store] = ++stores; name[stores] = store }
    key = $2 SUBSEP store
    if (!(key in outcome) || $3 == "FAILED") outcome[key] = $3
  }
  END {
    print "Stores and what they were held to: + passed, - the store does not promise it, X failed"
    for (s = 1; s <= stores; s++) printf "  %2d %s\n", s, name[s]
    printf "%76s", ""; for (s = 1; s <= stores; s++) printf "%3d", s; print ""
    for (i = 1; i <= count; i++) {
      label = known[i]; gsub(/_/, " ", label); printf "%-76.76s", label
      for (s = 1; s <= stores; s++) {
        result = outcome[known[i] SUBSEP name[s]]
        printf "%3s", result == "passed" ? "+" : result == "skipped" ? "-" : result == "FAILED" ? "X" : ""
      }
      print ""
    }
  }' <<<"$tests"

echo
echo "Security requirements, by docs/threat-model.md:"
met=0
awk -F'\t' '
  NR == FNR { if ($3 == "FAILED" || !($2 in outcome)) outcome[$2] = $3; else if (outcome[$2] == "skipped") outcome[$2] = $3; next }
  /^\| R[0-9]+ \|/ {
    split($0, cell, " \\| "); count = split(cell[3], name, "`"); result = "+"; tests = ""
    for (i = 2; i <= count; i += 2) {
      state = (name[i] in outcome) ? outcome[name[i]] : "NOT RUN"
      tests = tests " " name[i]
      if (state != "passed") { result = "X"; tests = tests " (" state ")" }
    }
    id = cell[1]; sub(/^\| /, "", id)
    printf "  %s %-3s %s\n       %s\n", result, id, cell[2], tests
    listed++; if (result == "X") failed = 1
  }
  END { exit failed || listed != 27 }' <(cat <<<"$tests") docs/threat-model.md || met=1

echo
echo "Measured:"
sed -e 's/<testcase /\n&/g; s/<system-out>/\n@@&/g; s/<\/system-out>/\n/g' "$1"/*.xml | awk '
  /^@@/ { inside = 1; next }
  /^</ { inside = 0 }
  inside && NF && !/Test (output|warning)/ { print "  " $0 }' | unescape

failed=$(sed -e 's/<testcase /\n&/g' "$1"/*.xml | grep -E '^<testcase .*<(failure|error)' |
  sed -E 's/^<testcase name="([^"]*)".*<(failure|error)[^>]* message="([^"]*)".*/  \1\n      \3/; s/(&#x[AD];)+/ /g' | unescape) || true
[ -z "$failed" ] || printf '\nFailed:\n%s\n' "$failed"
exit "$met"
