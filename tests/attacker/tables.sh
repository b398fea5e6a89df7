#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tables.sh BIN: lets tables.py find what is leaked by hand into each format of a report, and nothing in the report as it is.
set -u
bin=$1 failed=0
here=$(dirname "$0")
folder=$(mktemp -d /tmp/klankbord-tables-XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
school=$folder/school

look() {
    wanted=$1 what=$2
    shift 2
    /usr/bin/python3 "$here/tables.py" "$school/release-1.klr" "$@" >"$folder/said" 2>&1
    status=$?
    if [ $status -ne "$wanted" ] || { [ "$wanted" = 1 ] && ! grep -q "^found: .*$what" "$folder/said"; }; then
        echo "$what: status $status, expected $wanted"
        tail -n 5 "$folder/said"
        failed=1
    fi
}

"$bin/school" 20 "$school" >"$folder/made" 2>&1 || { cat "$folder/made" && exit 1; }
report=$school/report
look 0 'the report as it is' "$report/figures.csv" "$report/figures.json" "$report/figures.xlsx"

# A band told as a number, a hidden count told, a percentage of a hidden count, a figure more, another class's response.
awk 'BEGIN { FS = OFS = "," } !done && $7 == "banded" { $7 = "published"; $8 = $9 = $8 + 1; done = 1 } { print }' "$report/figures.csv" >"$folder/band.csv"
look 1 'should be banded' "$folder/band.csv"
awk 'BEGIN { FS = OFS = "," } !done && $7 == "banded" { $9 = $8 + 1; done = 1 } { print }' "$report/figures.csv" >"$folder/narrow.csv"
look 1 'where the release says' "$folder/narrow.csv"
awk 'BEGIN { FS = OFS = "," } !done && $7 == "hidden" && $4 != "missing" { $8 = $9 = 2; done = 1 } { print }' "$report/figures.csv" >"$folder/hidden.csv"
look 1 'where the release says' "$folder/hidden.csv"
awk 'BEGIN { FS = OFS = "," } !done && $7 == "hidden" && $2 == "item" { $13 = $14 = "8"; done = 1 } { print }' "$report/figures.csv" >"$folder/percent.csv"
look 1 'a percentage of what is hidden' "$folder/percent.csv"
awk 'BEGIN { FS = OFS = "," } !done && $7 == "banded" && $2 == "item" && $14 - $13 > 3 { $13 = $14 = $13 + 2; done = 1 } { print }' "$report/figures.csv" >"$folder/sharp.csv"
look 1 'where the counts leave' "$folder/sharp.csv"
{ cat "$report/figures.csv" && tail -n 1 "$report/figures.csv"; } >"$folder/more.csv"
look 1 'figures, the release' "$folder/more.csv"
sed '0,/"status":"hidden","low":null,"high":null/s//"status":"hidden","low":3,"high":3/' "$report/figures.json" >"$folder/leak.json"
look 1 'where the release says' "$folder/leak.json"
/usr/bin/python3 - "$report/figures.xlsx" "$folder/leak.xlsx" <<'END'
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
row = next(row for row in book.worksheets[0].iter_rows(min_row=2) if row[6].value == "banded")
row[7].value = row[8].value = 1
book.save(sys.argv[2])
END
look 1 'where the release says' "$folder/leak.xlsx"
cmp -s "$folder/leak.json" "$report/figures.json" && { echo 'nothing was leaked into the JSON' && failed=1; }
[ $failed -eq 0 ] && echo 'every leak by hand was found, and nothing else'
exit $failed
