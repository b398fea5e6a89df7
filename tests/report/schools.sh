#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Reports of made-up schools, made with the real programs from pupils to release, each the second of two rounds with measures in between, to be looked at:
# schools.sh BIN_FOLDER SOURCE_FOLDER OUT_FOLDER [small|single|usual|large|late …]; single has one class a year, of late the last two years came in afterwards
# leaves OUT_FOLDER/SCHOOL-LANGUAGE/ (report) and OUT_FOLDER/SCHOOL-LANGUAGE-handover/.
# shellcheck disable=SC2086,SC2034 # options are lists of words; variables are for make_school
set -u
mkdir -p "$3"
bin=$1 source=$2 out=$(realpath "$3")
shift 3
[ $# -gt 0 ] || set -- small single usual large late
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"

# classes COUNT LEAST MOST: a CSV of so many classes over six years.
classes() {
    awk -v count="$1" -v least="$2" -v most="$3" 'BEGIN {
        per = count / 6
        for (i = 0; i < count; i++) {
            year = int(i / per) + 1
            printf "%d%c,%d,%d,%d,%s\\n", year, 65 + i % per, year, least + (i * 7) % (most - least + 1), i == 4, i == 4 ? "op uitwisseling" : ""
        }
    }'
}

round() {
    make_school one-machine "$folder/$1" || exit 1
    cd "$folder/$1" || exit 1
    if [ "$school" = late ]; then
        mkdir late
        mv stick/[56]* late
    fi
    local both="--round round.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes"
    expect 0 klankbord merge --round round.klr --workspace w stick
    expect 0 klankbord round close $both
    expect 0 klankbord open $both
    if [ -d late ]; then
        expect 0 klankbord merge --round round.klr --workspace w late
        expect 0 klankbord round close $both
        expect 0 klankbord open $both --late
    fi
    cd "$folder" || exit 1
}

for school; do
    cd "$folder" || exit 1
    rm -rf ./*
    instrument=secondary school_type=vo about=safe_toilets
    case $school in
    small) instrument=primary school_type=po about=safe_toilets school_classes='5,5,9,0,\n6,6,12,0,\n7,7,8,0,\n8,8,14,0,\n' ;;
    usual) school_classes=$(classes 18 20 28) ;;
    single) school_classes=$(classes 6 22 29) ;;
    large) school_classes=$(classes 60 21 32) ;;
    late) school_classes=$(classes 12 20 28) ;;
    *) fail "small, single, usual, large or late, not $school" ;;
    esac
    grep -q ",$about," "$source/questionnaires/$instrument/questionnaire.csv" || fail "$instrument has no $about"
    expect 0 klankbord measure add measures.csv --name toilets --goal 'Meer leerlingen voelen zich veilig bij de toiletten' --goal-en 'More pupils feel safe near the toilets' \
        --text-nl 'iemand die in de pauze bij de toiletten staat' --text-en 'somebody near the toilets during breaks' \
        --date 2026-02-03 --owner 'de conciërge' --about $about
    expect 0 klankbord measure add measures.csv --name calm --goal 'Meer rust en minder ruzie in de gangen' --text-nl 'eenrichtingsverkeer op de trap' \
        --text-en 'one-way traffic on the stairs' --date 2026-02-03 --owner 'de teamleiders' --about safety
    export KLANKBORD_TODAY=2025-10-01
    school_questionnaire=$source/questionnaires/$instrument/questionnaire.csv
    school_retention=2026-06-01 school_year=2025 school_first=2025-11-03 school_last=2025-12-19 school_seed=7
    round first
    expect 0 klankbord questionnaire extend "$school_questionnaire" --measures measures.csv --version 2026.2 --out second.csv
    expect 0 klankbord measure add measures.csv --name buddies --goal 'Niemand staat alleen in de pauze' --goal-en 'Nobody stands alone during breaks' --text-nl 'maatjes voor nieuwe leerlingen' \
        --text-en 'buddies for new pupils' --date 2027-01-20 --owner 'de mentoren'
    export KLANKBORD_TODAY=2026-10-01
    school_questionnaire=$folder/second.csv school_retention=2027-06-01 school_year=2026 school_first=2026-11-09 school_last=2026-12-18 school_seed=8
    round second
    for language in nl en; do
        this="--round second/round.klr --release second/w/release.klv"
        [ "$school" != late ] || this="$this --late second/w/release-late.klv"
        said=$("$bin/klankbord" --lang $language --no-input report $this --previous first/w/release.klv --measures measures.csv \
            --out "$out/$school-$language" 2>&1) || fail "$said"
        said=$("$bin/klankbord" --lang $language --no-input handover $this --workspace second/w --school-code 12AB --site-code 00 \
            --out "$out/$school-$language-handover" 2>&1) || fail "$said"
    done
done
