#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The way out when the mentor's PIN is forgotten: finish.sh FOLDER_WITH_PROGRAMS
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

KLANKBORD_TODAY=2026-12-02
export KLANKBORD_TODAY
questionnaire=$source/questionnaires/secondary/questionnaire.csv

# kiosk CODE ARGUMENT…: the kiosk of the folder s, without a terminal; its output goes to the files out and err.
kiosk() {
    expected=$1
    shift
    last="klankbord-kiosk --state s $*"
    code=0
    setsid -w "$bin/klankbord-kiosk" --state s "$@" >out 2>err </dev/null || code=$?
    [ "$code" = "$expected" ] || fail "exit code $code, expected $expected"
}

# A kiosk with a signed round of two classes.
make_holder a coördinator
make_holder b vertrouwenspersoon
kiosk 0 --label 'laptop 7' --enrol k.kle
echo 'allow_cow=yes' >s/settings
kiosk 0 --trust a/holder.klh b/holder.klh
printf 'klas;leerjaren;leerlingen\r\n2B;2;25\r\n3A;3;20\r\n' >classes.csv
run 0 round new --out r.klr --school Voorbeeld --type vo --questionnaire "$questionnaire" --classes classes.csv --mode two-machines \
    --holder a/holder.klh --holder b/holder.klh --kiosk k.kle --year 2026 --first 2026-12-01 --last 2026-12-18 --retention 2027-03-01
run 0 round sign r.klr --holder a --passphrase-file a.pass --yes
run 0 round sign r.klr --holder b --passphrase-file b.pass --yes

# nothing to do, and what is typed wrongly
kiosk 1 --finish stick --yes
says 'nog geen ronde op dit apparaat'
cp r.klr s/round.klr
mkdir stick
kiosk 1 --finish stick --yes
says 'niets af te sluiten'
kiosk 2 --finish
kiosk 2 --yes
absent stick/*

# one class is left open; without a word of the administrator, and without a folder, it stays open
last='left_open s 1 4'
"$bin/left_open" s 1 4 || fail 'cannot leave a class open'
kiosk 1 --finish stick
says 'Nog open: klas 2B, bijdragen: 4' 'er is niets afgesloten' '--yes'
kiosk 1 --finish nowhere --yes
says 'Nog open: klas 2B, bijdragen: 4' 'is er niet' 'andere map'
out_is_empty
printf 'Typ ja\tnee\n' | "$bin/typist" "$bin/klankbord-kiosk" --state s --finish stick >typescript && fail 'it finishes after a no'
grep -qF 'er is niets afgesloten' typescript || fail 'it does not say that nothing was closed'
absent stick/*

# somebody else has the folder
flock s/lock "$bin/klankbord-kiosk" --state s --finish stick --yes 2>err >out && fail 'it takes a folder that is in use'
says 'Een ander programma' 'draait hier al'
absent stick/*

# yes: closed, exported, and said what to write down; again gives the same
printf 'Type yes\tYES\n' | "$bin/typist" "$bin/klankbord-kiosk" --state s --finish stick --lang en >typescript || fail "$(cat typescript)"
for words in 'Still open: class 2B, contributions: 4' 'Write this down twice' 'Class 2B, contributions: 4' 'stick/2B-' 'closed without the mentor'; do
    grep -qF "$words" typescript || fail "it does not say: $words"
done
cp stick/*.klb first.klb
kiosk 0 --finish stick
says 'Schrijf dit twee keer op' 'Klas 2B, bijdragen: 4' 'noteren welke klassen'
if grep -q 'Nog open\|niet geteld' out err; then fail 'it closes what was closed'; fi
same stick/*.klb first.klb
check_code=$(grep -oE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}' typescript | head -n 1)
run 0 inspect first.klb
says "${check_code:?no check code}"

# a damaged class does not keep the other in, and is not passed over in silence
last='left_open s 2 7'
"$bin/left_open" s 2 7 || fail 'cannot leave a class open'
echo 'no box at all, but something somebody must look at' >s/sessions/00000000000000000000000000000000.box
kiosk 1 --finish stick --yes
says 'niet te lezen zijn: 1' 'Klas 3A, bijdragen: 7' 'beschadigd'
rm s/sessions/00000000000000000000000000000000.box
kiosk 0 --finish stick --yes

# whoever merges gets all of it
run 0 merge --round r.klr --workspace w stick
says '2B' '3A'
run 0 round close --round r.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes
says '2B' '3A'
