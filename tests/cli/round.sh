#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Planning, signing and destroying a round, with the real program: round.sh FOLDER_WITH_PROGRAMS
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

KLANKBORD_TODAY=2026-11-23
export KLANKBORD_TODAY
questionnaire=$source/questionnaires/secondary/questionnaire.csv
make_holder a coördinator
make_holder b vertrouwenspersoon
make_holder c coördinator
make_kiosk laptop1
make_kiosk laptop2
cp laptop1.kle again.kle
echo 482913 >pin
printf 'klas;leerjaren;leerlingen;niet_gevraagd;reden\r\n2B;2;25;1;op stage\r\n3A;3;20;;\r\n' >classes.csv

# new CODE FILE OPTION…: the same round but for the options, which come last and so cannot be given twice
new() {
    expected=$1
    out=$2
    shift 2
    run "$expected" round new --out "$out" --school Voorbeeld --type vo --questionnaire "$questionnaire" "$@"
}
dates='--year 2026 --first 2026-12-01 --last 2026-12-18 --retention 2027-03-01'
people='--holder a/holder.klh --holder b/holder.klh --kiosk laptop2.kle --kiosk laptop1.kle'
rest='--mode two-machines --classes classes.csv --pin-file pin'

# shellcheck disable=SC2086 # the lists above are meant to fall apart into words
{
# the main road: everything is shown, the PIN is not
run 0 questionnaire build "$questionnaire" --out q.klq
digest=$(sed -n 's/.*vingerafdruk //p' out)
[ ${#digest} = 64 ] || fail "no digest of the questionnaire: $digest"
new 0 r.klr $dates $people $rest --help-line 'nl:Kindertelefoon 0800-0432' --help-line 'en:Somebody 12'
says 'Voorbeeld (vo), 2026-2027' '2026-12-01' '2026-12-18' '2027-03-01' 'twee computers' 'samen 44 leerlingen' '1 niet gevraagd: op stage' \
    'coördinator' 'vertrouwenspersoon' 'laptop1' 'Ronde: ' 'niet gevalideerd'
says "$digest" 'Vragen: ' 'Talen:            nl, en' 'Hulplijn (nl):    Kindertelefoon 0800-0432' 'Hulplijn (en):    Somebody 12' 'Pincodes:         1'
if grep -qF 482913 out err; then fail 'the PIN from the file was printed'; fi
cp out planned
cp r.klr before.klr
new 1 r.klr $dates $people $rest
says 'nooit overschreven'
same r.klr before.klr

# a PIN is made when none is given, printed once, and is in the file only as a hash
new 0 p.klr $dates $people --mode two-machines --classes classes.csv
made=$(sed -n 's/^Pincode voor de begeleiders: //p' out)
case $made in [0-9][0-9][0-9][0-9][0-9][0-9]) ;; *) fail "no PIN of six digits: $made" ;; esac
if grep -qaF "$made" p.klr; then fail 'the PIN lies in the file'; fi

# the same plan twice differs in id and salt only: same size, other round
[ "$(wc -c <r.klr)" != 0 ] || fail 'empty'
new 0 r2.klr $dates $people $rest --help-line 'nl:Kindertelefoon 0800-0432' --help-line 'en:Somebody 12'
[ "$(wc -c <r.klr)" = "$(wc -c <r2.klr)" ] || fail 'the same plan gives another size'
if cmp -s r.klr r2.klr; then fail 'two rounds have the same id'; fi

# what happened to pupils stands by class only when the school chose so, and says so to whoever signs; not without such questions
grep -q 'Incidenten:       vanaf leerjaar' out || fail 'nothing is said of incidents'
new 0 class.klr $dates $people $rest --incidents-in-class
says 'Incidenten:       OOK PER KLAS; leerlingen lezen dat'
run 0 inspect class.klr
says 'ook per klas'
run 0 questionnaire template --out mine.csv
questionnaire=mine.csv new 2 none.klr $dates $people $rest --incidents-in-class
says '--incidents-in-class: deze vragenlijst heeft geen schaal over incidenten'
absent none.klr

# solo must be chosen by name, and is warned of
new 0 solo.klr $dates $people --mode solo --classes classes.csv --pin-file pin
says 'WAARSCHUWING' 'LET OP: een persoon'
new 2 x.klr $dates $people --mode alleen --classes classes.csv --pin-file pin
says 'two-machines'

# refused, each with its own words, and nothing left behind
run 2 round new --out x.klr
says '--school ontbreekt' '--retention ontbreekt' '--mode ontbreekt' '--holder ontbreekt' '--kiosk ontbreekt'
new 2 x.klr $people $rest --year 2026 --first 2026-12-01 --last 2026-12-18
says '--retention ontbreekt' 'vernietigd'
new 2 x.klr $people $rest --year 2026 --first 2026-13-01 --last 2026-12-18 --retention 2027-03-01
says "'2026-13-01'" 'JJJJ-MM-DD'
new 1 x.klr $people $rest --year 2026 --first 2026-12-19 --last 2026-12-18 --retention 2027-03-01
says 'voor de eerste'
new 1 x.klr $people $rest --year 2026 --first 2026-12-01 --last 2026-12-18 --retention 2026-12-18
says '--retention'
new 1 x.klr $people $rest --year 2025 --first 2025-12-01 --last 2025-12-18 --retention 2027-03-01
says 'al voorbij' 'Klopt het jaar'
new 4 x.klr $dates $people $rest --k-unit 4
says '--k-unit is ten minste 5'
new 4 x.klr $dates $people $rest --k-cell 2
says '--k-cell'
new 4 x.klr $dates $people $rest --k-unit 45
says 'Voeg klassen toe' '44 leerlingen'
new 4 x.klr $dates --holder a/holder.klh --holder a/holder.klh --kiosk laptop1.kle $rest
says 'dezelfde houder'
new 1 x.klr $dates --holder a/holder.klh --holder c/holder.klh --kiosk laptop1.kle $rest
says 'heten hetzelfde'
new 2 x.klr $dates --holder a/holder.klh --kiosk laptop1.kle $rest
says 'precies twee keer'
new 2 x.klr $dates --holder a/holder.klh --holder b/holder.klh --kiosk laptop1.kle --kiosk again.kle $rest
says 'laptop1' 'twee keer'
new 1 x.klr $dates --holder a/keys.kls --holder b/holder.klh --kiosk laptop1.kle $rest
says 'a/keys.kls'
new 5 x.klr $dates --holder a/holder.klh --holder b/holder.klh --kiosk a/holder.klh $rest
new 1 x.klr $dates --holder nowhere --holder b/holder.klh --kiosk laptop1.kle $rest
says 'nowhere'
new 2 x.klr $dates $people $rest --languages nl,xx
says 'nl,xx'
new 2 x.klr $dates $people $rest --help-line 'zonder taal'
says 'zonder taal'
echo 12345 >badpin
new 2 x.klr $dates $people --mode solo --classes classes.csv --pin-file badpin
says '6 tot 12 cijfers'
printf 'klas,leerjaren,leerlingen\n2A,0,25\n2A,2,x\n' >bad.csv
new 2 x.klr $dates $people --mode solo --pin-file pin --classes bad.csv
says 'bad.csv: rij 2, kolom leerjaren' 'rij 3, kolom klas' 'rij 3, kolom leerlingen' '3 fouten'
printf 'klas,leerjaren,leerlingen\n2A,0,25\n' >bad.csv
new 2 x.klr $dates $people --mode solo --pin-file pin --classes bad.csv
says '1 fout in bad.csv'
run 3 round new --out x.klr --school V --type vo --questionnaire classes.csv $dates $people $rest
says 'questionnaire check'
run 2 round new --out x.klr --school V --type mbo --questionnaire "$questionnaire" $dates $people $rest
says '--type'
absent x.klr

# sign: without a keyboard it needs --yes; the first says who is missing; again is fine
run 1 round sign r.klr --holder a --passphrase-file a.pass
says '--yes' 'niets getekend'
same r.klr before.klr
run 0 keyholder check a --passphrase-file a.pass
says 'klaar voor een nieuwe ronde'
run 0 round sign r.klr --holder a --passphrase-file a.pass --yes
says 'Getekend door coördinator' 'Nog te tekenen door vertrouwenspersoon' 'samen 44 leerlingen'
says "$digest" 'Hulplijn (nl):    Kindertelefoon 0800-0432' 'Hulplijn (en):    Somebody 12' 'Pincodes:         1'
sed '/^Ronde: /q' planned | grep -v '^Pincode voor' >shown
grep -q '^Ronde: ' shown || fail 'the summary has no end'
grep -vxF -f out shown >missing || true
[ ! -s missing ] || fail "what was planned is not what was signed: $(cat missing)"
cp r.klr half.klr
run 0 round sign r.klr --holder a --passphrase-file a.pass --yes
says 'Al getekend'
same r.klr half.klr

# a key is promised once: another round is refused and stays as it was
cp r2.klr r2-before.klr
run 4 round sign r2.klr --holder a --passphrase-file a.pass --yes
says 'al voor een andere ronde' 'round-key'
same r2.klr r2-before.klr

# stopped between the promise and the signature: the same command finishes it
run 0 round sign before.klr --holder a --passphrase-file a.pass --yes
same before.klr half.klr

# not a holder of this round; a wrong passphrase; a damaged round
run 5 round sign r.klr --holder c --passphrase-file c.pass --yes
says 'niet de sleutel'
run 1 round sign r.klr --holder b --passphrase-file a.pass --yes
says 'wachtzin'
same r.klr half.klr
cp r.klr broken.klr
printf 'ZZZZZZZZ' | dd of=broken.klr bs=1 seek=60 conv=notrunc 2>/dev/null
cp broken.klr broken-before.klr
run 5 round sign broken.klr --holder b --passphrase-file b.pass --yes
same broken.klr broken-before.klr

# the second signature makes it valid
run 0 --lang en round sign r.klr --holder b --passphrase-file b.pass --yes
says 'Signed by coördinator' 'Signed by vertrouwenspersoon' 'The round is valid'

# a plan with a stale holder.klh is refused at signing
cp b/holder.klh stale.klh
run 0 keyholder round-key b --sheet b2.txt --passphrase-file b.pass
new 0 stale.klr $dates --holder c/holder.klh --holder stale.klh --kiosk laptop1.kle $rest
run 4 round sign stale.klr --holder b --passphrase-file b.pass --yes
new 0 fresh.klr $dates --holder c/holder.klh --holder b/holder.klh --kiosk laptop1.kle $rest
run 0 round sign fresh.klr --holder b --passphrase-file b.pass --yes

# destroy: asks, does it once, says so afterwards, and touches no other round's key
run 1 round destroy r.klr --holder a --passphrase-file a.pass
says 'nog' '--yes'
run 0 keyholder check a --passphrase-file a.pass
says 'hoort bij ronde'
run 0 round destroy r.klr --holder a --passphrase-file a.pass --yes
says 'vernietigd' 'herstelblad'
run 6 round destroy r.klr --holder a --passphrase-file a.pass --yes
says 'niets te doen'
run 0 keyholder check a --passphrase-file a.pass
says 'vernietigd, was van ronde'
run 5 round destroy fresh.klr --holder a --passphrase-file a.pass --yes
run 0 round destroy r.klr --holder b --passphrase-file b.pass --yes
run 0 keyholder check b --passphrase-file b.pass
says 'Rondesleutel 1: vernietigd' 'Rondesleutel 2: hoort bij ronde'

# a stick lost after signing: the restored one still destroys its round, but signs no new one with that key
run 0 keyholder restore b3 --sheet b2.txt --kdf interactive --passphrase-file b.pass
new 0 late.klr $dates --holder c/holder.klh --holder b3/holder.klh --kiosk laptop1.kle $rest
run 4 round sign late.klr --holder b3 --passphrase-file b.pass --yes
run 0 round destroy fresh.klr --holder b3 --passphrase-file b.pass --yes
}
echo 'round: all as expected'
