# SPDX-License-Identifier: Apache-2.0
# For the scripts that type what guides and manuals tell people to type: a terminal, its answers, and the commands of a text. Sourced with $1 and $2, the folders of programs and source.
# What a person types differs in this: sticks are in media/ instead of /media/, and keys are wrapped quickly (--kdf interactive).
# shellcheck shell=bash disable=SC2034,SC2154 # the variables are for and of the scripts that include this
set -u
bin=$(cd "$1" && pwd) source=$(cd "$2" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 1' INT TERM HUP
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

# commands_of FILE: blocks with lines joined at a backslash, also those in a list, and `klankbord …` inside a sentence: "block" or "words", a tab and the command.
commands_of() {
    awk '
        /^ *```/ { inside = !inside && /^ *```sh/; next }
        inside && /^ *#/ { next }
        inside { sub(/ +#.*/, ""); sub(/^ +/, line == "" ? "" : " "); line = line $0; if (sub(/ *\\$/, "", line)) next; print "block\t" line; line = ""; next }
        { text = $0; while (match(text, /`klankbord(-kiosk)? [^`]*`/)) {
            print "words\t" substr(text, RSTART + 1, RLENGTH - 2); text = substr(text, RSTART + RLENGTH) } }' "$1"
}

# A computer: an empty folder, the questionnaires that come with the program, and a stick.
make_computer() {
    mkdir -p "$place/$year/$1/media"
    ln -s "$source/questionnaires" "$place/$year/$1/questionnaires"
}

# The class list of the coordinator's guide.
class_list() {
    awk '/^```csv/ { inside = 1; next } /^```/ { inside = 0 } inside' "$source/docs/guide-coordinator.md"
}

# invent_pupils ROUND SEED, kiosk_answers ROUND FOLDER ANSWERS: pupils of this machine, as files on a stick.
invent_pupils() {
    "$bin/invent" --round "$1" --seed "$2" --missing 10 --declined 4 --stopped 4 || fail invent
}

kiosk_answers() {
    mkdir -p "$2"
    "$bin/pupils" answer --round "$1" --answers "$3" --out "$2" --kiosk-key "$XDG_STATE_HOME/klankbord-kiosk/kiosk.key" >"$place/said" 2>&1 || fail pupils
}
