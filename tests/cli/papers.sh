#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The papers of a round, with the real program: made, made again, in the way of each other, and when it goes wrong.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

for who in a b; do
    printf 'the passphrase of %s\n' "$who" >"$who.pass"
    run 0 keyholder new "$who" --name "holder $who" --kdf interactive --passphrase-file "$who.pass" --sheet "$who.txt"
done
printf '482913\n' >pin
printf 'class,years,heads,not_asked,reason\n5A,5,26,0,\n6A,6,25,2,op kamp\n' >classes.csv
run 0 questionnaire build "$source/questionnaires/primary/questionnaire.csv" --out q.klq
"$bin/pupils" enrol --label laptop --kiosk-key k1.key --request k1.kle
new_round() {
    KLANKBORD_TODAY=2026-11-01 run 0 round new --out "$1" --school "De <Boom> & Co" --type po --year 2026 --first 2026-11-02 \
        --last 2026-11-13 --retention 2027-02-01 --mode "$2" --questionnaire q.klq --classes classes.csv --languages nl,uk \
        --holder a/holder.klh --holder b/holder.klh --pin-file pin --kiosk k1.kle
}
new_round round.klr two-machines
new_round other.klr solo

# mistakes come before anything is made
run 2 round papers round.klr
run 2 round papers --out papers
run 1 round papers missing.klr --out papers
run 2 round papers round.klr --out papers --sender "$(printf 'een\nregel te veel')"
run 2 round papers round.klr --out papers --counsellor "$(head -c 300 /dev/zero | tr '\0' x)"
head -c 200 round.klr >cut.klr
run 5 round papers cut.klr --out papers
run 1 round papers round.klr --out nowhere/papers
absent papers nowhere

# an unsigned round may have its papers, and is told so
run 0 round papers round.klr --out papers
says 'nog niet door beide sleutelhouders ondertekend' 'Begin met papers/index.html'
[ "$(find papers -type f | wc -l)" = 10 ] || fail 'ten papers were expected'
grep -q 'De &lt;Boom&gt; &amp; Co' papers/1-brief-ouders.html || fail 'the name of the school is not escaped'
grep -q 'nog niet door beide' papers/index.html || fail 'the overview does not warn'
! grep -l -e '482913' -e 'argon2' papers/* || fail 'a PIN is on a paper'

# a second time there is nothing to do; one paper that was thrown away comes back, and nothing else changes
run 6 round papers round.klr --out papers
cp -r papers before
rm papers/3-begeleider.html
run 0 round papers round.klr --out papers
says papers/3-begeleider.html
diff -r papers before >/dev/null || fail 'the same round gave other papers'

# somebody's changes, and another round's papers, are not overwritten unless that is asked for
echo '<!-- ons eigen adres -->' >>papers/1-brief-ouders.html
cp -r papers edited
run 1 round papers round.klr --out papers
says 1-brief-ouders.html --replace
run 1 round papers other.klr --out papers
diff -r papers edited >/dev/null || fail 'a refused command changed papers'
run 0 round papers round.klr --out papers --replace
diff -r papers before >/dev/null || fail 'the papers were not replaced'
run 0 round papers other.klr --out papers --replace --sender 'de directie' --counsellor 'Kamer 12'
grep -q 'met de directie' papers/1-brief-ouders.html || fail 'the sender is not in the letter'
grep -q 'Kamer 12' papers/2-leerlingen.html || fail 'the counsellor is not on the notice'

# what this command did not make is never replaced, not even then, and then nothing else is made
mkdir mine
echo 'mijn werkstuk' >mine/5-controlebriefjes.html
run 1 round papers round.klr --out mine --replace
says 5-controlebriefjes.html 'niet door deze opdracht gemaakt'
[ "$(cat mine/*)" = 'mijn werkstuk' ] || fail 'something else was made'
mkdir -p folder/9-medezeggenschap.html
run 1 round papers round.klr --out folder --replace
absent folder/index.html
echo file >taken
run 1 round papers round.klr --out taken
[ "$(cat taken)" = file ] || fail 'a file was replaced by a folder'

# a disk that fails halfway leaves neither papers nor folder behind
(
    trap "" XFSZ # then writing fails, and the program lives
    ulimit -f 12
    code=0
    "$bin/klankbord" --no-input round papers round.klr --out small >out 2>err || code=$?
    [ "$code" != 0 ]
) 2>/dev/null || fail 'writing beyond the limit succeeded'
absent small

# when both have signed, nothing is left to warn about; and in English the talk is English, the papers Dutch
for who in a b; do
    KLANKBORD_TODAY=2026-11-01 run 0 round sign round.klr --holder "$who" --passphrase-file "$who.pass" --yes
done
run 0 --lang en round papers round.klr --out signed
says 'it says what to print when'
! grep -q 'signed this round yet' err || fail 'it warns of a round that both have signed'
! grep -q 'nog niet door beide' signed/index.html || fail 'the overview warns of a round that both have signed'
