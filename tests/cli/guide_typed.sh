#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The coordinator's guide, typed through at a terminal: every command in it as it stands there, from keys to destroying, in folders that hold nothing but what the guide said
# to put there. Twice: a first year on one computer, and the year after, with its dates, on two. A command that this script has no place for fails, so that none is left untyped.
# guide_typed.sh BIN_FOLDER SOURCE_FOLDER
# Differences from what a person types: sticks are in media/ instead of /media/, and keys are wrapped quickly (--kdf interactive).
set -u
bin=$(cd "$1" && pwd) source=$(cd "$2" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 1' INT TERM HUP
guide=$source/docs/guide-coordinator.md
export XDG_STATE_HOME=$place/state
unset KLANKBORD_LANG DISPLAY WAYLAND_DISPLAY

fail() {
    echo "FAILED in $PWD: $*" >&2
    echo "  after: ${typed:-nothing}" >&2
    tail -30 "$place/said" >&2
    exit 1
}

# What is asked at the terminal, and what is typed then; the two key holders each have a passphrase.
answers() {
    local first='de eerste heeft een lange zin' second='de tweede ook, een andere' own
    own=$first
    [ "${who:-}" = second ] && own=$second
    printf '%s\t%s\n' 'Wachtzin van media/stick-b' "$second" 'Wachtzin van' "$own" 'Nieuwe wachtzin' "$own" 'Nog een keer' "$own" 'De naam' veiligheidscoördinator '(ja)' ja
    [ ! -f sheet ] || sed -n 's/^ *\([1-7]\): /Regel \1\/7\t/p' sheet
}

klankbord() {
    case "$1 ${2:-}" in 'keyholder new' | 'keyholder restore') set -- "$@" --kdf interactive ;; esac
    answers | "$bin/typist" -a "$bin/klankbord" "$@"
}

klankbord-kiosk() {
    timeout 60 "$bin/klankbord-kiosk" "$@" </dev/null
}

# type_it WHO COMMAND: at that key holder's computer.
type_it() {
    local got=0
    who=$1 typed=$2
    cd "$place/$year/$who" || fail "no computer of $who"
    eval "${typed//\/media\//media/}" >"$place/said" 2>&1 || got=$?
    [ "$got" = "${wanted:-0}" ] || fail "exit code $got"
    tr -d '\r' <"$place/said" >>"$place/all"
}

says() {
    grep -qF -e "$1" "$place/said" || fail "it does not say: $1"
}

# A word of a command in the place of another: instead TEXT WITH COMMAND.
instead() {
    case $3 in *"$1"*) ;; *) fail "'$3' has no '$1'" ;; esac
    printf '%s' "${3/"$1"/"$2"}"
}

# Blocks with lines joined at a backslash, also those in a list, and `klankbord …` inside a sentence: "block" or "words", a tab and the command.
commands_of_the_guide() {
    awk '
        /^ *```/ { inside = !inside && /^ *```sh/; next }
        inside && /^ *#/ { next }
        inside { sub(/^ +/, line == "" ? "" : " "); line = line $0; if (sub(/ *\\$/, "", line)) next; print "block\t" line; line = ""; next }
        { text = $0; while (match(text, /`klankbord(-kiosk)? [^`]*`/)) {
            print "words\t" substr(text, RSTART + 1, RLENGTH - 2); text = substr(text, RSTART + RLENGTH) } }' "$guide"
}

# A computer: an empty folder, the questionnaires that come with the program, and a stick.
make_computer() {
    mkdir -p "$place/$year/$1/media"
    ln -s "$source/questionnaires" "$place/$year/$1/questionnaires"
}

# today MONTH-DAY: of the school year that is typed.
today() {
    local first_half=2026
    [ "$year" = two ] || first_half=2025
    case $1 in 0*) first_half=$((first_half + 1)) ;; esac
    export KLANKBORD_TODAY=$first_half-$1
}

# What the class list of the guide says, as a file.
class_list() {
    awk '/^```csv/ { inside = 1; next } /^```/ { inside = 0 } inside' "$guide"
}

# The days of the survey: pupils answer on the laptop, and a dozen of 1B do so after closing.
classes_answer() {
    today 01-25
    cd "$place/$year/first" || exit 1
    local kiosk=$XDG_STATE_HOME/klankbord-kiosk/kiosk.key
    "$bin/invent" --round ronde.klr --seed "$1" --missing 10 --declined 4 --stopped 4 >"$place/pupils.csv" || fail invent
    awk -F, 'NR == 1 || ($1 == "1B" && ++late <= 12)' "$place/pupils.csv" >"$place/late.csv"
    awk -F, 'NR == 1 || !($1 == "1B" && ++late <= 12)' "$place/pupils.csv" >"$place/early.csv"
    mkdir media/stick-van-5A "$place/$year/late"
    "$bin/pupils" answer --round ronde.klr --answers "$place/early.csv" --out media/stick-van-5A --kiosk-key "$kiosk" >"$place/said" 2>&1 || fail pupils
    "$bin/pupils" answer --round ronde.klr --answers "$place/late.csv" --out "$place/$year/late" --kiosk-key "$kiosk" >"$place/said" 2>&1 || fail pupils
}

# shellcheck source=tests/cli/guide_deeds.sh
. "$source/tests/cli/guide_deeds.sh"

commands_of_the_guide >"$place/commands"
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
