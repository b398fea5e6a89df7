#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The coordinator's guide, typed through at a terminal: every command in it as it stands there, from keys to destroying, in folders that hold nothing but what the guide said
# to put there. Twice: a first year on one computer, and the year after, with its dates, on two. A command that this script has no place for fails, so that none is left untyped.
# guide_typed.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck source=tests/cli/typed.sh
. "$(dirname "$0")/typed.sh"

# today MONTH-DAY: of the school year that is typed.
today() {
    local first_half=2026
    [ "$year" = two ] || first_half=2025
    case $1 in 0*) first_half=$((first_half + 1)) ;; esac
    export KLANKBORD_TODAY=$first_half-$1
}

# The days of the survey: pupils answer on the laptop, and a dozen of 1B do so after closing.
classes_answer() {
    today 01-25
    cd "$place/$year/first" || exit 1
    invent_pupils ronde.klr "$1" >"$place/pupils.csv"
    awk -F, 'NR == 1 || ($1 == "1B" && ++late <= 12)' "$place/pupils.csv" >"$place/late.csv"
    awk -F, 'NR == 1 || !($1 == "1B" && ++late <= 12)' "$place/pupils.csv" >"$place/early.csv"
    kiosk_answers ronde.klr media/stick-van-5A "$place/early.csv"
    kiosk_answers ronde.klr "$place/$year/late" "$place/late.csv"
}

# shellcheck source=tests/cli/guide_deeds.sh
. "$source/tests/cli/guide_deeds.sh"

commands_of "$source/docs/guide-coordinator.md" >"$place/commands"
[ "$(grep -c '^block' "$place/commands")" -ge 20 ] || fail 'hardly any command in the guide'
for year in one two; do
    make_computer first
    make_computer second
    today 12-10
    while IFS=$'\t' read -r kind command <&3; do
        "deed_$kind" "$command"
    done 3<"$place/commands"
done
! grep -v XDG_RUNTIME_DIR "$place/all" | grep -nE '(^|[^-a-z])(the|and|not|with|nothing) ' || fail 'English in what a Dutch coordinator reads'
echo "guide: $(wc -l <"$place/commands") commands typed, a year on one computer and a year on two"
