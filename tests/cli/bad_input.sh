#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Bad input, with the real programs: a class with more answers than pupils, a class of which nothing came in, bundles of another round. Each is said by its name; the rest goes on.
# (A questionnaire that changed between rounds: two_years.sh. An interrupted report: report.sh.)  bad_input.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck disable=SC2086,SC2034 # options are lists of words; variables are for make_school
set -u
bin=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"

school_classes='1A,1,26,0,\n1B,1,28,0,\n2A,2,26,1,ill\n2B,2,30,0,\n'
make_school one-machine "$folder/other" || exit 1
make_school one-machine "$folder/one" || exit 1
cd "$folder/one" || exit 1
both="--round round.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass"

# 34 contributions of a class of 26: some pupils were counted twice, or the list of classes is wrong. Nothing of class 2A.
rm stick/1A-* stick/2A-*
{
    head -1 answers.csv
    grep '^1A,' answers.csv
    grep '^1A,' answers.csv | head -9
} >surplus.csv
"$bin/pupils" answer --round round.klr --answers surplus.csv --out stick --kiosk-key kiosk.key >/dev/null 2>&1 || fail pupils
came=$(($(wc -l <surplus.csv) - 1))
[ "$came" -gt 26 ] || fail "only $came"

# A stick with another round's bundles on it too: each is named and set aside, and the four of this round count.
mkdir mixed
cp stick/*.klb mixed
cp ../other/stick/1B-*.klb mixed/z-other.klb
expect 0 klankbord merge --round round.klr --workspace w mixed
says 'set aside    mixed/z-other.klb'
says 'another round'
expect 5 klankbord merge --round round.klr --workspace w ../other/stick
says '0 new'
expect 0 klankbord inspect --round round.klr stick/1B-*.klb
says 'belongs to the round	yes'

# Closing says what is wrong, by class, and needs the word of both.
expect 4 klankbord round close $both --yes
says 'There is no bundle of class 2A yet.'
says "Class 1A: $came contributions, 26 pupils asked."
says 'There are more contributions than pupils in the class.'
says '--accept-surplus CLASS'
[ ! -e w/closing-1.klc ] || fail 'closed all the same'
expect 0 klankbord round close $both --accept-surplus 1A --yes

# What opening leaves on the disk is the release and two lines in the ledgers: the exact sums are nowhere.
mkdir temporary
find . -type f -exec b2sum {} + | sort -k 2 >before
TMPDIR=$PWD/temporary expect 0 klankbord open $both --yes
after=$(find . -type f ! -name before -exec b2sum {} + | sort -k 2)
changed=$(diff <(grep -v '/before$' before) <(printf '%s\n' "$after") | sed -n 's/^> [0-9a-f]*  //p' | tr '\n' ' ')
[ "$changed" = './a/ledger.kll ./b/ledger.kll ./w/release.klv ' ] || fail "opening wrote: $changed"

# response_of FILE LEVEL UNIT: status and value of the response, as the table has it.
response_of() {
    /usr/bin/python3 -c '
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    if (row["level"], row["unit_label"], row["about"], row["figure"]) == (sys.argv[2], sys.argv[3], "response", "percent"):
        print(row["status"], row["low"])' "$1" "$2" "$3"
}
for language in en nl; do
    "$bin/klankbord" --lang $language report --round round.klr --release w/release.klv --out report-$language >out 2>&1 || fail "$(cat out)"
    "$bin/klankbord" --lang $language handover --round round.klr --release w/release.klv --workspace w --out handed-$language >out 2>&1 || fail "$(cat out)"
    [ "$(response_of report-$language/figures.csv class 1A)" = 'head_count_wrong ' ] || fail 'the response of 1A'
    [ "$(response_of report-$language/figures.csv school school)" = 'head_count_wrong ' ] || fail 'the response of the school'
    [ "$(response_of report-$language/figures.csv class 2A)" = 'published 0' ] || fail 'the response of 2A'
    [ "$(response_of report-$language/figures.csv class 1B)" = 'published 93' ] || fail "the response of 1B"
    tail -n +2 handed-$language/handover.csv | cut -d';' -f16,17 | sort -u | grep -qx ';head_count_wrong' || fail 'the hand-over has a response'
    /usr/bin/python3 "$source/tests/report/pages.py" report-$language || fail "pages in $language"
    wrong='head count wrong' missing='Nothing came in from these classes'
    [ $language = en ] || wrong='aantal leerlingen klopt niet' missing='Van deze klassen kwam niets binnen'
    for page in report board parents guide; do
        grep -qiF "$wrong" report-$language/$page.html || fail "$page.html in $language does not say: $wrong"
    done
    for page in report board; do
        grep -qF "$missing" report-$language/$page.html || fail "$page.html in $language does not say: $missing"
    done
    grep -qiF "$wrong" handed-$language/account.html || fail "account.html in $language does not say: $wrong"
    # In the drawing of response there is no bar and no number for it; nowhere is a share above the whole, nor one that was cut to it.
    tr -d '\n' <report-$language/report.html | grep -o '<svg[^>]*>.*</svg>' | grep -q "$wrong" || fail 'the drawing of the response'
    ! grep -oE '(1[0-9][1-9]|1[1-9][0-9]|[2-9][0-9][0-9])(&nbsp;| )%' report-$language/*.html handed-$language/*.html || fail 'more than everybody'
    ! grep -E '>81(&nbsp;| )%' report-$language/report.html | grep -qi respons || fail 'a response of the school'
done
echo 'bad input: said by its name'
