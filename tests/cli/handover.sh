#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a school hands over, with the real program: handover.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck disable=SC2086 # options are lists of words
set -u
bin=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"

make_school one-machine "$folder/one" || exit 1
cd "$folder/one" || exit 1
both="--round round.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes"
expect 0 klankbord merge --round round.klr --workspace w stick
expect 0 klankbord round close $both
expect 0 klankbord open $both
this="--round round.klr --release w/release.klv"

expect 2 klankbord handover $this
expect 2 klankbord handover $this --out to --school-code '=1+1'
[ ! -e to ] || fail 'a mistake left a folder behind'
expect 1 klankbord handover $this --out to --workspace nowhere
says 'Name the workspace of this round'
if [ -e to ] || [ -e nowhere ]; then fail 'a wrong workspace left something behind'; fi
expect 5 klankbord handover --round round.klr --release round.klr --out to
[ ! -e to ] || fail 'a wrong release left something behind'

expect 0 klankbord handover $this --out to --workspace w --school-code 12ab --site-code 01
says 'not a recognised instrument'
[ "$(ls -A to)" = "account.html
handover.csv" ] || fail "other files: $(ls -A to)"
[ "$(head -n 1 to/handover.csv | tr ';' '\n' | wc -l)" = 32 ] || fail 'columns'
grep -q '^klankbord-handover-1;Test school;;12AB;01;2026;' to/handover.csv || fail 'codes'
for subject in violation_of_safety perceived_safety wellbeing; do
    grep -q ";$subject;" to/handover.csv || fail "no $subject"
done
cp -r to before
expect 0 klankbord handover $this --out to --workspace w --school-code 12ab --site-code 01
diff -r to before || fail 'the second run gave other files'

# Killed whenever: the table and the page are of one run; beside other files the page may be missing for a moment. What is left goes the next time.
# Killed at each of its steps: tests/test_handover_folder.c. Here in the last half of how long it takes, where it writes.
began=$(date +%s%N)
expect 0 klankbord handover $this --out other --workspace w --school-code 34cd --site-code 01
took=$(($(date +%s%N) - began))
mkdir filled
: >filled/letter.txt
expect 0 klankbord handover $this --out filled --workspace w --school-code 12ab --site-code 01
killed=0
for percent in $(seq 50 2 110); do
    for place in to filled; do
        school=$([ $((percent % 4)) = 0 ] && echo 12ab || echo 34cd)
        "$bin/klankbord" --lang en handover $this --out $place --workspace w --school-code $school --site-code 01 >/dev/null 2>&1 &
        sleep "$(awk -v took="$took" -v percent="$percent" 'BEGIN { printf "%.4f", took / 1e11 * percent }')"
        kill -9 $! 2>/dev/null
        wait $! 2>/dev/null || killed=$((killed + 1))
        [ $place = to ] || [ -e filled/account.html ] || continue
        diff -rq -x letter.txt -x '.*' $place before >/dev/null || diff -rq -x letter.txt -x '.*' $place other >/dev/null ||
            fail "two runs in $place after $percent % of the time"
    done
done
[ $killed -ge 5 ] || fail "only $killed of the runs were killed"
for place in to filled; do
    expect 0 klankbord handover $this --out $place --workspace w --school-code 12ab --site-code 01
    diff -r -x letter.txt $place before || fail 'another pair after killed runs'
done
[ -e filled/letter.txt ] || fail 'what was beside it is gone'
[ -z "$(find . -name '*.part*')" ] || fail "left behind: $(find . -name '*.part*')"

# Beside a report: the next report would be refused, or would take the account away.
expect 0 klankbord report $this --out report
expect 1 klankbord handover $this --out report
says 'Give another folder'
[ ! -e report/handover.csv ] || fail 'it went into the folder of a report'
cp to/handover.csv report/
expect 1 klankbord report $this --out report
says 'Move handover.csv and account.html'
rm report/handover.csv
expect 0 klankbord report $this --out report
expect 0 klankbord handover $this --out report/overdracht
expect 1 klankbord report $this --out report
rm -r report

# The page cannot be written: a table of this run does not stay.
mkdir -p blocked/account.html
expect 1 klankbord handover $this --out blocked
[ ! -e blocked/handover.csv ] || fail 'half of it stayed'

said=$("$bin/klankbord" --no-input handover $this --out nl 2>&1) || fail "$said"
says 'geen erkend instrument'
/usr/bin/python3 "$source/tests/report/pages.py" nl to || fail 'pages'
grep -q '<html lang="nl">' nl/account.html || fail 'Dutch'
grep -q 'Niet gevraagd is 1 leerling' nl/account.html || fail 'not asked'
