# SPDX-License-Identifier: Apache-2.0
# A small school made with the real programs, for the tests of merging, closing and opening. Sourced, with $bin and $source set.
#   make_school MODE FOLDER [CLASS:COUNT …]
# (of another year, questionnaire, or with other classes when $school_year, $school_questionnaire, $school_classes, $school_first, $school_last, $school_retention, $school_type, $school_seed say so)
# leaves in FOLDER: a/ b/ (key holders, passphrase files a.pass b.pass), round.klr, kiosk.key, stick/*.klb

fail() {
    echo "$0: $*" >&2
    exit 1
}

# expect CODE COMMAND…: runs it, keeps its output in $said, and compares the exit code.
expect() {
    local wanted=$1 got=0
    shift
    said=$("$@" 2>&1) || got=$?
    [ "$got" = "$wanted" ] || fail "exit $got instead of $wanted: $* : $said"
}

says() {
    case $said in *"$1"*) ;; *) fail "not said: '$1' in: $said" ;; esac
}

klankbord() {
    "$bin/klankbord" --lang en --no-input "$@"
}

make_school() {
    local mode=$1 folder=$2
    mkdir -p "$folder/stick"
    (
        cd "$folder" || exit 1
        for who in a b; do
            printf 'a passphrase of %s that is long\n' "$who" >"$who.pass"
            expect 0 klankbord keyholder new "$who" --name "holder $who" --kdf interactive --passphrase-file "$who.pass" \
                --sheet "$who-sheet.txt"
        done
        "$bin/pupils" enrol --label 'laptop 1' --kiosk-key kiosk.key --request kiosk.kle >/dev/null || fail enrol
        "$bin/pupils" enrol --label 'laptop 2' --kiosk-key other.key --request other.kle >/dev/null || fail enrol
        expect 0 klankbord questionnaire build "${school_questionnaire:-$source/questionnaires/secondary/questionnaire.csv}" -o q.klq
        printf '482913\n' >pin.txt
        printf 'class,years,heads,not_asked,reason\n%b' "${school_classes:-1A,1,30,0,\n1B,1,28,0,\n2A,2,26,1,ill\n2B,2,30,0,\n}" >classes.csv
        expect 0 klankbord round new --out round.klr --school 'Test school' --type "${school_type:-vo}" --year "${school_year:-2026}" \
            --first "${school_first:-2026-11-01}" --last "${school_last:-2026-12-20}" --retention "${school_retention:-2027-06-01}" --mode "$mode" --questionnaire q.klq --classes classes.csv \
            --languages nl,en --help-line 'nl:Kindertelefoon 0800-0432' --help-line 'en:Help 123' \
            --holder a/holder.klh --holder b/holder.klh --pin-file pin.txt --kiosk kiosk.kle --kiosk other.kle
        cp round.klr unsigned.klr
        for who in a b; do
            expect 0 klankbord round sign round.klr --holder "$who" --passphrase-file "$who.pass" --yes
        done
        "$bin/invent" --round round.klr --seed "${school_seed:-4}" --missing 15 --declined 6 --stopped 7 >answers.csv || fail invent
        "$bin/pupils" answer --round round.klr --answers answers.csv --out stick --kiosk-key kiosk.key >/dev/null 2>&1 || fail pupils
    ) || exit 1
}
