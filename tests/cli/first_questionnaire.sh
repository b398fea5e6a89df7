#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The walk through questionnaires/README.md as somebody new takes it: its example, its commands, in its order, up to a signed round.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"
export KLANKBORD_TODAY=2026-10-01
readme=$source/questionnaires/README.md

# block LANGUAGE NUMBER: what stands between the fences of the so-manieth block in this language.
block() {
    awk -v fence="\`\`\`$1" -v number="$2" '
        /^```/ && inside { inside = 0; next }
        $0 == fence { inside = ++seen == number; next }
        inside' "$readme"
}

block csv 1 >mine.csv
block csv 2 >classes.csv
[ "$(wc -l <mine.csv)" -gt 20 ] || fail 'the example is not there'
run 0 --lang en questionnaire check mine.csv --strict
says '0 errors, 0 warnings'

# A spreadsheet would save it with semicolons just as well.
"$bin/klankbord" questionnaire build mine.csv --out comma.klq 2>/dev/null
sed '/"/!s/,/;/g; /"/s/.*/;Mijn vragen;My questions;my_first;1;Nederlands (nl);8-12;"Zelf geschreven, niet gevalideerd.";"Own wording, not validated.";draft;not validated/' \
    mine.csv >semicolon.csv
run 0 questionnaire build semicolon.csv --out semicolon.klq
same comma.klq semicolon.klq

# The mistake that the page shows is the one that is found.
sed 's/select_one times,hurt/select_one tmes,hurt/' mine.csv >wrong.csv
run 3 --lang en questionnaire check wrong.csv
says 'KB-LIST-UNKNOWN: The list "tmes" is not on the sheet choices.' '("times"?)'

# What the part about the school's own takes from the folder that the page stands in.
cp -r "$source/questionnaires/primary" .
make_own_question own.csv

echo 'a passphrase to practise with' >pass
count=0
for number in 1 2 3 4 5 6 7 8; do
    block sh "$number"
done | awk '{ line = line $0 } sub(/\\$/, "", line) { next } { sub(/ +#.*/, "", line); print line; line = "" }' >commands
while read -r line; do
    case $line in
    *'keyholder new'*) line="$line --kdf interactive --passphrase-file pass" ;;
    *'round sign'*) line="$line --passphrase-file pass --yes" ;;
    *--preview*)
        # It is still there after a while, and had to be sent away.
        code=0
        SDL_VIDEODRIVER=dummy timeout 2 "$bin/klankbord-kiosk" --preview mine.klq --windowed >out 2>err </dev/null || code=$?
        [ "$code" = 124 ] || fail "the preview ended by itself: $code"
        count=$((count + 1))
        continue
        ;;
    *'speak'*--check*) # nothing was recorded yet, and it says so
        count=$((count + 1))
        run 3 questionnaire speak mine.csv --check
        says 'hurt.nl.wav'
        continue
        ;;
    *--windowed* | *--layout*) continue ;; # need a screen or letters
    esac
    last=$line
    count=$((count + 1))
    # The page is ours; its lines are commands with quotes in them.
    eval "\"\$bin/\"$line" >out 2>err </dev/null || fail "exit code $?"
    cat out err >>all
done <commands
[ "$count" = 16 ] || fail "$count commands were tried, not 16"
[ -s audio/hurt.nl.robot.wav ] || fail "nothing can be read aloud"
grep -q 'De ronde is geldig' all || fail 'the round did not become valid'
says '2 erbij'
run 0 inspect practice.klr
