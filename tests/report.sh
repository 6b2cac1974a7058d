#!/usr/bin/env bash
# report.sh RESULTS: from the reports (*.trx) and the log of a test run, the table of stores and the cases of their contracts, the requirements of
# docs/threat-model.md, what tests measured, and last, what failed and why. Fails when a requirement has a test that is missing or failed, and when
# the reports do not hold every test that ran.
set -euo pipefail
cd "$(dirname "$0")/.."

unescape() { sed -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'; }

cases=$(sed -nE 's/^    public async Task ([A-Za-z_]+)\(.*/\1/p' src/Sessions.Testing/SessionStoreContract*.cs tests/Shared/SessionConcurrencyContract.cs)

# One test a line: class, method, outcome (Passed, Failed or NotExecuted).
tests=$(sed -nE '/<UnitTestResult /s/.* testName="([A-Za-z_0-9.]*)\.([A-Za-z_0-9]+)[^"]*".* outcome="([A-Za-z]+)".*/\1\t\2\t\3/p' "$1"/*.trx)

awk -F'\t' -v cases="$cases" '
  BEGIN { count = split(cases, known, "\n"); for (i = 1; i <= count; i++) isCase[known[i]] = 1 }
  isCase[$2] {
    store = $1; sub(/.*\./, "", store)
    if (!sub(/(SessionStore|Concurrency)Tests$/, "", store)) next
    if (!(store in column)) { column[store] = ++stores; name[stores] = store }
    key = $2 SUBSEP store
    if (!(key in outcome) || $3 == "Failed") outcome[key] = $3
  }
  END {
    print "Stores and what they were held to: + passed, - the store does not promise it, X failed"
    for (s = 1; s <= stores; s++) printf "  %2d %s\n", s, name[s]
    printf "%76s", ""; for (s = 1; s <= stores; s++) printf "%3d", s; print ""
    for (i = 1; i <= count; i++) {
      label = known[i]; gsub(/_/, " ", label); printf "%-76.76s", label
      for (s = 1; s <= stores; s++) {
        result = outcome[known[i] SUBSEP name[s]]
        printf "%3s", result == "Passed" ? "+" : result == "NotExecuted" ? "-" : result == "Failed" ? "X" : ""
      }
      print ""
    }
  }' <<<"$tests"

echo
echo "Security requirements, by docs/threat-model.md:"
met=0
awk -F'\t' '
  NR == FNR { if ($3 == "Failed" || !($2 in outcome)) outcome[$2] = $3; else if (outcome[$2] == "NotExecuted") outcome[$2] = $3; next }
  /^\| R[0-9]+ \|/ {
    split($0, cell, " \\| "); count = split(cell[3], name, "`"); result = "+"; tests = ""
    for (i = 2; i <= count; i += 2) {
      state = (name[i] in outcome) ? outcome[name[i]] : "NOT RUN"
      tests = tests " " name[i]
      if (state != "Passed") { result = "X"; tests = tests " (" state ")" }
    }
    id = cell[1]; sub(/^\| /, "", id)
    printf "  %s %-3s %s\n       %s\n", result, id, cell[2], tests
    listed++; if (result == "X") failed = 1
  }
  END { exit failed || listed != 27 }' <(cat <<<"$tests") docs/threat-model.md || met=1

echo
echo "Measured:"
awk '
  /<UnitTestResult / { ran = !/ outcome="NotExecuted"/ }
  sub(/.*<StdOut>/, "") { inside = ran }
  { last = sub(/<\/StdOut>.*/, "") }
  inside && NF { print "  " $0 }
  last { inside = 0 }' "$1"/*.trx | unescape

failed=$(
  awk '
    /<UnitTestResult / { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
    sub(/.*<Message>/, "") { printf "  %s\n      ", name; inside = 1 }
    { last = sub(/<\/Message>.*/, "") }
    inside { printf "%s ", $0 }
    last { print ""; inside = 0 }' "$1"/*.trx | unescape
  awk '/^[^ ].*\.dll \(.*\) / && !/^Running| passed \(/ && !seen[$1]++ { inside = 1 } !NF { inside = 0 } inside { print "  " $0 }' "$1/log")
total=$(awk '$1 == "total:" { print $2 }' "$1/log")
if [ "$(wc -l <<<"$tests")" != "$total" ]; then
  met=1
  failed+="
  Of $total tests the reports hold:
$(grep -c '<UnitTestResult ' "$1"/*.trx || true)"
fi
[ -z "$failed" ] || printf '\nFailed:\n%s\n' "$failed"
exit "$met"
