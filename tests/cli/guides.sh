#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the guides tell people to type exists: every command and option in them is one that the program knows; every file they point to is there.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

# The commands of a text, one a line: of blocks with lines joined at a backslash, and of `klankbord …` inside a sentence.
commands_of() {
    awk '
        /^ *```/ { inside = !inside && /^ *```sh/; next }
        inside { sub(/^ +/, line == "" ? "" : " ") }
        inside { sub(/ +#.*/, ""); line = line $0; if (sub(/\\$/, "", line)) next; print line; line = ""; next }
        { text = $0; while (match(text, /`klankbord(-kiosk)? [^`]*`/)) {
            print substr(text, RSTART + 1, RLENGTH - 2); text = substr(text, RSTART + RLENGTH) } }' "$1" |
        sed -n 's/^\(klankbord\) --lang [a-z]* /\1 /; s/^\(klankbord.*\)$/\1/p'
}

for guide in docs/guide-coordinator.md docs/guide-mentor.md docs/guide-administrator.md questionnaires/README.md README.md; do
    # The administrator's guide calls it kiosk, and says for what that stands.
    # shellcheck disable=SC2016 # the signs of a command in a sentence
    sed 's/`kiosk --/`klankbord-kiosk --/g' "$source/$guide" >text
    commands_of text >commands
    [ "$guide" = docs/guide-mentor.md ] || [ "$(wc -l <commands)" -ge 3 ] || fail "$guide: no commands found"
    while read -r program first second rest; do
        if [ "$program" = klankbord-kiosk ]; then
            "$bin/klankbord-kiosk" --help >help
            rest="$first $second $rest"
        elif [ "$first" = help ]; then
            run 0 help ${second:+"$second"}
            continue
        else
            case $first in
            keyholder | measure | questionnaire | round) run 0 "$first" "$second" --help ;;
            open)
                case $second in
                prepare | sizes | aggregate | combine | receipt) run 0 open "$second" --help ;;
                *) run 0 open --help ;;
                esac
                ;;
            *) run 0 "$first" --help ;;
            esac
            cat out err >help
            rest="$second $rest"
        fi
        for option in $(printf '%s\n' "$rest" | grep -o -e '--[a-z][a-z-]*'); do
            grep -qE -e "(^|[[ ])$option\b" help || fail "$guide: $program $first $second has no $option"
        done
    done <commands
    # shellcheck disable=SC2016
    sed -n 's/.*](\([^)#]*\)).*/\1/p' "$source/$guide" | grep -v '^http' | while read -r link; do
        [ -e "$source/$(dirname "$guide")/$link" ] || fail "$guide points to $link, which is not there"
    done
done

# Every option that a help text names is in the man page: the options of each command, and those of the kiosk.
man_has() {
    sed 's/ , / /g; s/[[:space:]]*Fl Fl / --/g' "$source/docs/man/$1" >page
    grep -oE '(^ +|\[)--[a-z][a-z-]*' | tr -d '[ ' | sort -u | while read -r option; do
        grep -e -- page | grep -qE -e "(--| )${option#--}\b" || fail "$1 lacks $option, which $2 names"
    done
}
run 0 help
sed -n 's/^  \([a-z][a-z]*\) *\[*\([a-z|-]*\).*/\1 \2/p' out >names
[ "$(wc -l <names)" -ge 9 ] || fail 'no commands found in the help'
while read -r name subs; do
    case $subs in
    *'|'*) steps=$(echo "$subs" | tr '|' ' ') ;;
    *) steps= ;;
    esac
    for step in $steps ${steps:-.}; do
        if [ "$step" = . ]; then
            run 0 "$name" --help
        else
            run 0 "$name" "$step" --help
        fi
        cat out err | man_has klankbord.1 "$name $step" || exit 1
    done
done <names
run 0 open --help
man_has klankbord.1 open <out || exit 1
"$bin/klankbord-kiosk" --help | man_has klankbord-kiosk.1 klankbord-kiosk || exit 1

# The buttons that the mentor's papers name are on the screen under that name.
strings=$source/assets/strings/nl.strings
{
    sed -n 's|<b>|\n<b>|gp' "$source/assets/papers/3-begeleider.html" | sed -n 's|^<b>\([A-Z][^<]*\)</b>.*|\1|p'
    sed -n 's|\*\*\([A-Z][a-z ]*\)\*\*|\n@\1\n|gp' "$source/docs/guide-mentor.md" | sed -n 's/^@//p'
} | sort -u >buttons
[ "$(wc -l <buttons)" -ge 6 ] || fail 'no buttons found in the script of the mentor'
while read -r button; do
    case $button in
    *\? | 'Is een leerling weggelopen' | Klaar | Esc | F10) continue ;;
    esac
    grep -qE "= $button( [A-Z{].*)?$" "$strings" || fail "no button is called '$button'"
done <buttons
