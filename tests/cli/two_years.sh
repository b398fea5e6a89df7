#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Two rounds of one school with the real programs: what the second report says of the first, of the measures in between, and of what cannot be compared.
# two_years.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck disable=SC2086,SC2034 # options are lists of words; variables are for make_school
set -u
bin=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"
instrument=$source/questionnaires/secondary/questionnaire.csv
school_classes='1A,1,30,0,\n1B,1,28,0,\n2A,2,26,1,ill\n2B,2,30,0,\n3A,3,29,0,\n3B,3,31,0,\n'

# release_of FOLDER: merged, closed and opened.
release_of() {
    cd "$folder/$1" || exit 1
    local both="--round round.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes"
    expect 0 klankbord merge --round round.klr --workspace w stick
    expect 0 klankbord round close $both
    expect 0 klankbord open $both
    cd "$folder" || exit 1
}

shows() {
    grep -qF -e "$2" "$1" || fail "$1 does not say: $2"
}

hides() {
    ! grep -qF -e "$2" "$1" || fail "$1 says: $2"
}

# The first year. What came of it is discussed, and measures are written down.
cd "$folder" || exit 1
expect 0 klankbord measure add measures.csv --name toilets --goal 'Veilig bij de toiletten' --text-nl 'iemand bij de toiletten' \
    --text-en 'somebody near the toilets' --date 2026-02-03 --owner 'de conciërge' --about safe_toilets
expect 0 klankbord measure add measures.csv --name lessons --goal 'Meer rust' --text-nl 'rust in de les' --text-en 'calm lessons' \
    --date 2026-02-03 --about safety
export KLANKBORD_TODAY=2025-10-01
school_retention=2026-06-01 school_year=2025 school_first=2025-11-03 school_last=2025-12-19 school_seed=7
make_school one-machine "$folder/first" || exit 1
release_of first
expect 0 klankbord report --round first/round.klr --release first/w/release.klv --measures measures.csv --out first/report
shows first/report/poster.html '<li><span lang="nl">Veilig bij de toiletten</span>: somebody near the toilets</li>'
shows first/report/guide.html '<li><span lang="nl">Meer rust</span>: calm lessons</li>'
shows first/report/parents.html 'What the school will do'
hides first/report/report.html 'What the school did'

# The second year asks about them; one question was put into other words, and one is new.
sed -e 's/Hoe vaak voel je je veilig in de les?/Hoe veilig voel je je in de les?/' "$instrument" >reworded.csv
cmp -s "$instrument" reworded.csv && fail 'nothing was reworded'
printf '%s\n' 'klankbord_references' \
    ',klankbord::scale,label::Nederlands (nl),label::English (en),klankbord::date,klankbord::mean,klankbord::deviation,klankbord::pupils,klankbord::source' \
    ',safety,Leerlingen van 12 tot 18,Pupils of 12 to 18,2024-05,"3,9",0.6,812,"A report, table 3"' >>reworded.csv
# Published values of incidents, eight questions of 0 to 4: the raw sum s has 50 + 2 s.
{
    printf '%s\n' 'klankbord_conversions' ',klankbord::scale,klankbord::raw,klankbord::value'
    for raw in $(seq 0 32); do
        printf ',incidents,%d,%d\n' "$raw" $((50 + 2 * raw))
    done
} >>reworded.csv
expect 0 klankbord questionnaire extend reworded.csv --measures measures.csv --version 2026.2 --out second.csv
expect 0 klankbord measure add measures.csv --name buddies --goal 'Niemand alleen' --text-nl 'maatjes' --text-en 'buddies' \
    --date 2027-01-20 --owner mentoren --about nothing_like_it
export KLANKBORD_TODAY=2026-10-01
school_questionnaire=$folder/second.csv school_retention=2027-06-01 school_year=2026 school_first=2026-11-09 school_last=2026-12-18 school_seed=8
make_school one-machine "$folder/second" || exit 1
release_of second
this="--round second/round.klr --release second/w/release.klv"
expect 0 klankbord report $this --previous first/w/release.klv --measures measures.csv --out report
says "no question or scale \"nothing_like_it\""
/usr/bin/python3 "$source/tests/report/read_back.py" report || fail 'the tables are not equal'
grep -q '^item,safe_toilets,option,.*,compared,percent,.*,cohen_h,' report/changes.csv || fail 'no change of a share with its size'
grep -q '^item,[a-z_]*,[a-z]*,[^,]*,.*,changed,,,,,,,,,,,' report/changes.csv || fail 'nothing is said of what was reworded'
grep -q '^item,[a-z_]*,[a-z]*,[^,]*,.*,new,,,,,,,,,,,' report/changes.csv || fail 'nothing is said of what is new'
for folder_of_pages in report first/report; do
    /usr/bin/python3 "$source/tests/report/pages.py" "$folder_of_pages" || fail "pages of $folder_of_pages"
done
shows report/report.html 'Pupils of 12 to 18'
# The published value of the mean: of eight times its ends before rounding.
mean=$(grep '^school,scale,incidents,mean,' report/figures.csv | cut -d, -f8)
[ -n "$mean" ] || fail 'the mean of incidents is not told'
value=$(LC_ALL=C awk -v mean="$mean" 'BEGIN { printf "%.1f–%.1f", 50 + 16 * (mean - 0.05), 50 + 16 * (mean + 0.05) }')
shows report/report.html "<strong>$value</strong>. That is the value at the average sum"
# Each comparison that was made has its smallest change that would show, and what was compared has the same words in either year.
/usr/bin/python3 - report/changes.csv <<'CHECK' || fail 'a comparison without its smallest change, or the other way round'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
made = [row for row in rows if row["status"] == "compared"]
sys.exit(len(made) < 20 or any((row["least"] != "") != (row["status"] == "compared") for row in rows))
CHECK
[ ! -e first/report/changes.csv ] || fail 'changes without a previous round'
for page in report board parents; do
    shows report/$page.html '<h2>Change since the previous round</h2>'
    shows report/$page.html 'asked differently last time, so not compared'
    shows report/$page.html 'not asked last time'
    shows report/$page.html '<h2>What the school did, and what came of it</h2>'
    shows report/$page.html '<h3>Goal: <span lang="nl">Veilig bij de toiletten</span></h3>'
    shows report/$page.html '<caption>Have you noticed somebody near the toilets?</caption>'
    shows report/$page.html '<strong>Who:</strong> <span lang="nl">de conciërge</span>'
    shows report/$page.html 'All comparisons are in changes.csv'
    grep -qE 'could well be chance|hard to explain by chance' report/$page.html || fail "$page: no verdict"
done
# The goal's own question stands beside it, with last year's figure, this year's, and words.
grep -A 8 'caption>How often do you feel safe near the toilets?' report/report.html |
    grep -qE '<td>[0-9–]+%</td><td>[0-9–]+%</td><td class="words">(could|hard)' || fail 'no figures of both years beside the goal'
shows report/poster.html '<h2>This is what we did</h2>'
shows report/poster.html 'in 100</b> noticed it'
shows report/poster.html '<li><span lang="nl">Niemand alleen</span>: buddies</li>'
hides report/poster.html 'Goal:'
sheet=$(find report -name 'class-01-*')
shows "$sheet" '<li><span lang="nl">Niemand alleen</span>: buddies</li>'
hides "$sheet" 'Have you noticed somebody near the toilets?'
said=$("$bin/klankbord" --no-input report $this --previous first/w/release.klv --measures measures.csv --out dutch 2>&1) || fail "$said"
/usr/bin/python3 "$source/tests/report/pages.py" dutch || fail 'Dutch pages'
shows dutch/board.html '<h2>Wat de school deed, en wat eruit kwam</h2>'
shows dutch/board.html 'Heb je iets gemerkt van iemand bij de toiletten?'
hides dutch/board.html 'noticed'

# The wrong way round, and a list that is none: nothing is compared, and it is said why.
expect 0 klankbord report --round first/round.klr --release first/w/release.klv --previous second/w/release.klv --out backward
[ "$(tail -n +2 backward/changes.csv | cut -d, -f1,6)" = "round,wrong_order" ] || fail 'backward'
shows backward/report.html 'not of an earlier school year; nothing was compared'
printf 'measure,goal\n' >broken.csv
expect 3 klankbord report $this --measures broken.csv --out none
[ ! -e none ] || fail 'a report with a broken list'
expect 1 klankbord report $this --previous nowhere.klv --out none
expect 5 klankbord report $this --previous second/round.klr --out none
expect 5 klankbord report --round first/round.klr --release second/w/release.klv --out none
says 'another round'
[ ! -e none ] || fail 'a report of another round'

# A year later in another season: the releases are there, and are not compared.
export KLANKBORD_TODAY=2027-10-01
school_questionnaire=$instrument school_retention=2028-09-01 school_year=2027 school_first=2028-03-06 school_last=2028-03-24 school_seed=9
make_school one-machine "$folder/spring" || exit 1
release_of spring
expect 0 klankbord report --round spring/round.klr --release spring/w/release.klv --previous second/w/release.klv --measures measures.csv --out spring-report
/usr/bin/python3 "$source/tests/report/pages.py" spring-report || fail 'pages of another season'
[ "$(tail -n +2 spring-report/changes.csv | grep -c '^round,.*,other_season,')" = 1 ] || fail 'another season'
shows spring-report/report.html 'more than six weeks apart'
hides spring-report/report.html 'Previous round'
shows spring-report/report.html 'Whether pupils noticed this was not asked this year'
