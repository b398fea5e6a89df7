#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The round of the README and the examples of the two manuals, typed through at a terminal as they stand there.
# readme_typed.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck source=tests/cli/typed.sh
. "$(dirname "$0")/typed.sh"

# The examples of a manual as lines, one command each.
examples_of() {
    awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { inside = 0 } !inside || /^ *#/ { next }
        { sub(/^ +/, line == "" ? "" : " "); line = line $0; if (sub(/ *\\e$/, "", line)) next; print line; line = "" }' "$1"
}

# Something on the sticks before merging, when nobody sat at a kiosk.
sessions() {
    cd "$place/$year/first" || exit 1
    export KLANKBORD_TODAY=2026-12-20
    invent_pupils round.klr 3 >"$place/pupils.csv"
    kiosk_answers round.klr media/stick "$place/pupils.csv"
}

# Says aloud what a line of the text leaves to the reader: the other key holder, the other laptop, the list of classes.
before() {
    case $1 in
    'klankbord round new '*)
        class_list >classes.csv
        "$bin/klankbord-kiosk" --state "$place/laptop-2" --label 'laptop 2' --enrol laptop-2.kle >"$place/said" 2>&1 || fail enrol
        "$bin/klankbord" questionnaire build questionnaires/secondary/questionnaire.csv --out secondary.klq >"$place/said" 2>&1 || [ -s secondary.klq ] || fail build
        [ -e laptop1.kle ] || "$bin/klankbord-kiosk" --label 'laptop 1' --enrol laptop1.kle >"$place/said" 2>&1 || fail enrol
        ;;
    'klankbord merge '*) sessions ;;
    esac
}

# The manual speaks of one stick; the other key holder does the same, and later both lie in folders a and b.
after() {
    case $1 in
    'klankbord keyholder new /media/stick '*)
        mkdir other
        type_it first 'klankbord keyholder new b --name vertrouwenspersoon --sheet other/sheet.txt'
        cp media/stick/holder.klh coordinator.klh
        cp b/holder.klh counsellor.klh
        ;;
    'klankbord round sign round.klr --holder /media/stick')
        type_it first 'klankbord round sign round.klr --holder b'
        cp -r media/stick a
        ;;
    esac
}

# type_lines NAME <commands
type_lines() {
    year=$1 lines=0
    export XDG_STATE_HOME=$place/state-$year KLANKBORD_TODAY=2026-11-20
    make_computer first
    cd "$place/$year/first" || exit 1
    while IFS= read -r command <&3; do
        before "$command"
        wanted=0
        case $command in 'klankbord-kiosk --round '*) wanted=1 ;; esac # no display here: tests/screens has one
        type_it first "$command"
        [ $wanted = 0 ] || says 'scherm kan niet worden geopend'
        after "$command"
        lines=$((lines + 1))
    done 3<&0
    [ -s report/report.html ] || fail "no report at the end of $year"
    echo "$year: $lines commands typed"
}

commands_of "$source/README.md" | sed -n 's/^block\t\(klankbord.*\)/\1/p' >"$place/commands"
[ "$(wc -l <"$place/commands")" -ge 15 ] || fail 'hardly any command in the README'
type_lines readme <"$place/commands"
examples_of "$source/docs/man/klankbord.1" >"$place/commands"
[ "$(wc -l <"$place/commands")" -ge 8 ] || fail 'hardly any example in the manual'
type_lines manual <"$place/commands"

# The kiosk's manual, on a machine that has no name yet: enrolling, trusting, loading a round and, as there is none on it yet, nothing to finish.
examples_of "$source/docs/man/klankbord-kiosk.1" >"$place/commands"
export XDG_STATE_HOME=$place/state-kiosk
while IFS= read -r command <&3; do
    wanted=0
    case $command in *--round* | *--finish*) wanted=1 ;; esac
    type_it first "$command"
    case $command in
    *--round*) says 'staat niet op de kiosklijst van de ronde' ;; # the manual's round was made without this machine
    *--finish*) says 'nog geen ronde op dit apparaat' ;;
    esac
done 3<"$place/commands"
[ -s laptop07.kle ] || fail 'the kiosk of the manual was not enrolled'
echo "kiosk: $(wc -l <"$place/commands") commands typed"
