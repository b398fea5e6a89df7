#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Merging, closing, opening and reporting with the real program: opening.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck disable=SC2046,SC2086 # options are lists of words
set -u
bin=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"

make_school one-machine "$folder/one" || exit 1
cd "$folder/one" || exit 1
both="--round round.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes"

# Nothing merged, nothing closed.
mkdir empty
expect 6 klankbord merge --round round.klr --workspace w empty
expect 1 klankbord open $both
says 'has not been closed'
expect 4 klankbord round close $both
says 'too few contributions'

# Foreign files are named; alone they are a failure, among others they are not.
echo 'not a bundle' >other.klb
expect 5 klankbord merge --round round.klr --workspace w other.klb
says 'set aside    other.klb'
expect 0 klankbord merge --round round.klr --workspace w other.klb stick
says '4 new'
expect 0 klankbord merge --round round.klr --workspace w stick
says '4 known already'

# A stranger's stick: what its file names would do to the screen, they do not do, neither when merging nor whenever the round is closed.
mkdir hostile
hostile=$(printf 'x\033[2J\033]0;t\007\302\233\233\177\342\200\256y\342\201\246\342\200\250\nKlaar')
echo 'no bundle either' >"hostile/$hostile.klb"
raw() {
    printf '%s' "$said" | tr -d '\n' | LC_ALL=C grep -q "[[:cntrl:]]\|$(printf '\233\|\342\200[\250\256]\|\342\201\246')"
}
expect 5 klankbord merge --round round.klr --workspace w hostile
says 'set aside    hostile/x?[2J?]0;t?????y???Klaar.klb'
raw && fail 'merge printed what a file is called as it is'
expect 1 klankbord merge --round "$hostile" --workspace w stick
says 'x?[2J?]0;t?????y???Klaar: '
raw && fail 'a fault printed what a file is called as it is'
expect 1 klankbord round close ${both% --yes}
says 'Set aside: x?[2J?]0;t?????y???Klaar.klb'
raw && fail 'round close printed what a file is called as it is'

# A bundle of a kiosk that the round does not name is set aside under that name, at merging and at closing; the others go on.
"$bin/pupils" enrol --label 'laptop 3' --kiosk-key stranger.key --request stranger.kle >/dev/null || fail enrol
mkdir strange
"$bin/pupils" answer --round round.klr --answers answers.csv --out strange --kiosk-key stranger.key >/dev/null 2>&1 || fail pupils
strange=$(find strange -name '1A-*.klb')
expect 0 klankbord merge --round round.klr --workspace among "$strange" stick
says "set aside    $strange: This machine is not on the round's kiosk list."
says '5 files: 4 new, 0 known already, 0 healed, 1 set aside.'
expect 5 klankbord merge --round round.klr --workspace among "$strange"
close=${both/workspace w/workspace among}
expect 1 klankbord round close ${close% --yes}
says "Set aside: ${strange#strange/}: This machine is not on the round's kiosk list."

# Without a yes nothing happens; with one, once.
expect 1 klankbord round close ${both% --yes}
[ ! -e w/closing-1.klc ] || fail 'closed without a yes'
expect 0 klankbord round close $both
says "Nothing has come in from machine 'laptop 2'"
expect 6 klankbord round close $both
says 'already closed'
expect 2 klankbord open --round round.klr --workspace w --holder a --passphrase-file a.pass --yes
expect 4 klankbord open --round round.klr --workspace w --holder a --holder a --passphrase-file a.pass --passphrase-file a.pass --yes
says 'the same holder'
expect 4 klankbord open --round round.klr --workspace w --holder a --holder ./a --passphrase-file a.pass --passphrase-file a.pass --yes
says 'the same holder'
expect 2 klankbord open $both work
says "'work' does not belong here"
expect 0 klankbord open $both
says 'Released: w/release.klv'
expect 0 klankbord open receipt $both --out receipt.klo
says 'Receipt: receipt.klo'
expect 0 klankbord inspect receipt.klo
says 'not checked'
expect 0 klankbord inspect --round round.klr receipt.klo
says 'bundles received	4'
says 'signature of key holder 2	valid'
cp w/release.klv first.klv
KLANKBORD_TODAY=2027-06-01 expect 0 klankbord open $both
case $said in *destroyed*) fail 'the last day of keeping is not after it' ;; esac
KLANKBORD_TODAY=2027-06-02 expect 0 klankbord open $both
says 'should have been destroyed by 2027-06-01'
says 'klankbord round destroy'
cmp first.klv w/release.klv || fail 'the second opening gave another release'
# Another level of the same answers: a part of the same judgement, a file of its own; and a report of the school alone.
expect 2 klankbord open $both --level pupil
says "'pupil' is no level"
expect 0 klankbord open $both --level school
says 'Released: w/release-school.klv'
expect 0 klankbord open $both --level year --out w/years.klv
expect 0 klankbord inspect --round round.klr w/release-school.klv
says 'finest level	the school'
expect 0 klankbord report --round round.klr --release w/release-school.klv --out report-school
[ -s report-school/report.html ] || fail 'no report of the school'
grep -qE '^(class|year),(item|scale)' report-school/figures.csv && fail 'figures of a class or year in a report of the school'
ls report-school/class-*.html >/dev/null 2>&1 && fail 'a class sheet in a report of the school'
expect 0 klankbord open $both
cmp first.klv w/release.klv || fail 'another level changed the release'
expect 2 klankbord open $both --exclude "$(head -c 16 /dev/zero | od -An -tx1 | tr -d ' \n')"
expect 0 klankbord report --round round.klr --release w/release.klv --out report
expect 5 klankbord report --round unsigned.klr --release w/release.klv --out unsigned
says 'not been signed by both'
[ ! -e unsigned ] || fail 'a report of an unsigned round'
[ -s report/report.html ] || fail 'no report'
[ -s report/figures.csv ] || fail 'no figures'
expect 0 klankbord inspect --round round.klr w/release.klv
says 'belongs to the round	yes'
expect 5 klankbord inspect other.klb

# What comes in after closing is named; nothing opened yet, it goes on a list 1 in the place of the first; afterwards on one late list.
make_school one-machine "$folder/late" || exit 1
cd "$folder/late" || exit 1
mkdir second late small
mv stick/2B-*.klb late
mv stick/2A-*.klb second
report="--round round.klr --release w/release.klv"
expect 0 klankbord merge --round round.klr --workspace w stick
expect 0 klankbord round close $both
says 'There is no bundle of class 2B yet'
expect 6 klankbord round close $both
says 'There are no new bundles'
expect 1 klankbord open $both --late
says 'is on no list yet'
expect 0 klankbord merge --round round.klr --workspace w second
expect 0 klankbord round close $both
says 'takes the place of the earlier one'
says 'Next: klankbord open.'
expect 0 klankbord open $both
cp w/release.klv first.klv
expect 0 klankbord merge --round round.klr --workspace w late
says 'is not in it'
expect 0 klankbord merge --round round.klr --workspace w late
case $said in *'is not in it'*) fail 'nothing came in' ;; esac
expect 1 klankbord open $both --late
expect 0 klankbord open $both --level school
expect 1 klankbord round close ${both% --yes}
[ ! -e w/closing-2.klc ] || fail 'closed without a yes'
expect 0 klankbord round close $both
says 'This is the late list'
says 'There is one'
says 'Next: klankbord open --late'
expect 6 klankbord round close $both
says 'There is one late list'
expect 0 klankbord open $both
cmp first.klv w/release.klv || fail 'a late list changed the release'
expect 0 klankbord open $both --late
says 'Released: w/release-late.klv'
cp w/release-late.klv late.klv
expect 0 klankbord open $both --late
expect 0 klankbord open $both --list w/closing-2.klc
cmp late.klv w/release-late.klv || fail 'opening the late list again gave another release'
expect 0 klankbord open $both
cmp first.klv w/release.klv || fail 'the opening of a late list changed the release'
expect 0 klankbord report $report --late w/release-late.klv --out both
# What came late names the first release; only a release that tells as much goes with it.
expect 5 klankbord report --round round.klr --release w/release-school.klv --late w/release-late.klv --out coarse
says 'one that tells more levels'
[ ! -e coarse ] || fail 'a report of releases that do not go together'
for file in late.html figures-late.csv figures-late.json figures-late.xlsx; do
    [ -s "both/$file" ] || fail "no $file"
done
/usr/bin/python3 "$source/tests/report/pages.py" both || fail 'pages with late answers'
grep -q 'Later 30 more came in' both/report.html || fail 'the report does not say that more came in'
grep -q '107 of the 113' both/report.html || fail 'the response leaves the late ones out'
grep -q 'nothing had come in yet at the first opening; .*: 2B' both/report.html || fail 'a class that came later is not named'
! grep -q 'Nothing came in' both/report.html || fail 'nothing is said to have come in from a class that came later'
expect 2 klankbord report --round round.klr --release w/release-late.klv --out alone
says 'only about what came in later'
expect 2 klankbord report $report --late w/release.klv --out alone
[ ! -e alone ] || fail 'a report of the wrong releases'
expect 0 klankbord handover $report --late w/release-late.klv --out account
grep -q '107 contributions came in (95%). Of these, 30 came in after' account/account.html || fail 'the account leaves the late ones out'
grep -q ';113;107;94.7;published;' account/handover.csv || fail 'the file handed over leaves the late ones out'
expect 2 klankbord handover --round round.klr --release w/release-late.klv --out other-account
[ ! -e other-account ] || fail 'an account of late ones only'
first_digest=$(klankbord inspect w/release.klv | sed -n 's/^digest	//p')
expect 0 klankbord inspect --round round.klr w/release-late.klv
says "late records, beside release	$first_digest"
expect 0 klankbord merge --round round.klr --workspace other stick late
expect 0 klankbord round close ${both/workspace w/workspace other}
expect 4 klankbord open ${both/workspace w/workspace other}
says 'under another closing list'

# Too few late ones are not closed, not opened, and it is said why; of a ledger that does not know of the first opening nobody hangs a late list on.
make_school one-machine "$folder/few" || exit 1
cd "$folder/few" || exit 1
mkdir few late
mv stick/2B-*.klb late
sed -n '1p;/^2B,/p' answers.csv | head -n 5 >few.csv
"$bin/pupils" answer --round round.klr --answers few.csv --out few --kiosk-key other.key --flags 15 >/dev/null 2>&1 || fail pupils
expect 0 klankbord merge --round round.klr --workspace w stick
expect 0 klankbord round close $both
expect 0 klankbord open $both
cp w/release.klv first.klv
expect 0 klankbord merge --round round.klr --workspace w few
# What their machine was like stands in the bundle, and is said.
says "the machine's date was outside"
says 'did not fully confine the kiosk'
says 'may lock less memory'
says 'keeps what is overwritten'
expect 4 klankbord round close $both
says 'Together they are 4 contributions'
says 'stays sealed'
says 'would read these few pupils'
[ ! -e w/closing-2.klc ] || fail 'a late list of four'
expect 4 klankbord --lang nl round close $both
says 'blijft verzegeld'
# Enough of them, by another class's machine: then they go together.
rm few/*
sed -n '1p;/^2B,/p' answers.csv | head -n 13 >few.csv
"$bin/pupils" answer --round round.klr --answers few.csv --out few --kiosk-key other.key >/dev/null 2>&1 || fail pupils
rm w/workspace*
expect 0 klankbord merge --round round.klr --workspace w stick few
case $said in *'confine the kiosk'* | *'date was outside'*) fail 'told of a machine as it should be' ;; esac
# Her ledger lost, or an old one put back: nobody knows what was told, so nothing is added.
cp a/ledger.kll a.kept
rm a/ledger.kll
expect 0 klankbord round close $both
expect 5 klankbord open $both --late
says 'does not say that the first closing list was opened'
says 'what came late stays sealed'
[ ! -e w/release-late.klv ] || fail 'a release without knowing the one before'
cp a.kept a/ledger.kll
expect 0 klankbord open $both --late
cmp first.klv w/release.klv || fail 'a late list changed the release'
expect 5 klankbord report --round ../late/round.klr --release ../late/w/release.klv --late w/release-late.klv --out mixed
says 'another round'

# Two machines: each holder has her own workspace; statements, share and release travel as files, and every step may be done twice.
make_school two-machines "$folder/two" || exit 1
cd "$folder/two" || exit 1
for who in a b; do
    expect 0 klankbord merge --round round.klr --workspace "w$who" stick
done
holder() { echo --round round.klr --workspace "w$1" --holder "$1" --passphrase-file "$1.pass"; }
expect 0 klankbord round close $(holder a) --yes
says 'Half signed'
says 'round close --list FILE'
expect 5 klankbord open prepare $(holder a) --yes --out a.klp
says "signature is missing"
expect 0 klankbord round close $(holder b) --list wa/closing-1.klc --yes
says 'signed by both'
says 'Give the other key holder a copy'
expect 5 klankbord open prepare $(holder a) --yes --out a.klp
says 'half signed'
expect 0 klankbord round close $(holder a) --list wb/closing-1.klc --yes
says 'Next, for both on their own computers: klankbord open prepare'
cmp wa/closing-1.klc wb/closing-1.klc || fail 'the holders do not have the same list'
expect 6 klankbord round close $(holder b) --list wa/closing-1.klc --yes
expect 4 klankbord open --round round.klr --workspace wa --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes
says 'two computers'
cp round.klr kept.klr
expect 1 klankbord open prepare $(holder a) --yes --out round.klr
says 'not overwritten'
cmp round.klr kept.klr || fail 'a statement was written over the round'
expect 0 klankbord open prepare $(holder a) --yes --out a.klp
expect 0 klankbord open prepare $(holder a) --yes --out a.klp
expect 0 klankbord open prepare $(holder b) --yes --out b.klp
# What has arrived is signed by one after the other, and only on two computers.
expect 2 klankbord open receipt $(holder a) --out half.klo
says 'statements of both'
expect 2 klankbord open receipt --round round.klr --workspace wa --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes --out half.klo
says 'two computers'
[ ! -e half.klo ] || fail 'a receipt that was refused'
expect 0 klankbord open receipt $(holder a) --statement a.klp --statement b.klp --out half.klo
says 'Half signed: half.klo'
expect 5 klankbord open receipt $(holder b) --statement a.klp --statement b.klp --receipt a.klp --out whole.klo
expect 0 klankbord open receipt $(holder b) --statement b.klp --statement a.klp --receipt half.klo --out whole.klo
says 'Receipt: whole.klo, bundles: '
[ "$(od -An -tx1 -j8 -N2 whole.klo | tr -d ' ')" = 0100 ] || fail 'not a receipt of version 1'
expect 2 klankbord open aggregate $(holder b) --statement a.klp --statement a.klp --out share.kla
says 'statements of both'
expect 2 klankbord open aggregate $(holder a) --statement a.klp --statement b.klp --out share.kla
expect 5 klankbord open aggregate $(holder b) --statement a.klp --statement round.klr --out share.kla
says 'round.klr'
expect 1 klankbord open aggregate $(holder b) --statement a.klp --statement b.klp --out a.klp
expect 0 klankbord open aggregate $(holder b) --statement a.klp --statement b.klp --out share.kla
expect 0 klankbord open aggregate $(holder b) --statement b.klp --statement a.klp --out share.kla
expect 2 klankbord open combine $(holder b) --statement a.klp --statement b.klp --share share.kla
expect 1 klankbord open combine $(holder a) --statement a.klp --statement b.klp --share nowhere.kla
expect 5 klankbord open combine $(holder a) --statement a.klp --statement b.klp --share a.klp
says ' a.klp: '
says 'Ask for a new copy of the share'
expect 0 klankbord open combine $(holder a) --statement b.klp --statement a.klp --share share.kla
cp wa/release.klv first.klv
expect 0 klankbord open combine $(holder a) --statement a.klp --statement b.klp --share share.kla
cmp first.klv wa/release.klv || fail 'combining again gave another release'
expect 0 klankbord inspect --round round.klr share.kla
says 'kind	aggregate share'
expect 0 klankbord report --round round.klr --release wa/release.klv --out report

# What comes late to two machines: the same steps with --late; who forgets it opens nothing; the second holder's ledger has its say.
make_school two-machines "$folder/three" || exit 1
cd "$folder/three" || exit 1
mkdir late
mv stick/2B-*.klb late
close_both() {
    expect 0 klankbord round close $(holder a) --yes
    expect 0 klankbord round close $(holder b) --list "wa/closing-$1.klc" --yes
    expect 0 klankbord round close $(holder a) --list "wb/closing-$1.klc" --yes
    says "open prepare"
}
open_both() {
    expect 0 klankbord open prepare $(holder a) $1 --yes --out "a$1.klp"
    expect 0 klankbord open prepare $(holder b) $1 --yes --out "b$1.klp"
    expect 0 klankbord open aggregate $(holder b) $1 --statement "a$1.klp" --statement "b$1.klp" --out "share$1.kla"
    expect 0 klankbord open combine $(holder a) $1 --statement "a$1.klp" --statement "b$1.klp" --share "share$1.kla"
}
for who in a b; do expect 0 klankbord merge --round round.klr --workspace "w$who" stick; done
close_both 1
cp b/ledger.kll b.before 2>/dev/null || : >b.before
open_both ''
for who in a b; do expect 0 klankbord merge --round round.klr --workspace "w$who" late; done
close_both 2
says 'open prepare --late'
expect 0 klankbord open prepare $(holder a) --late --yes --out a.klp
expect 0 klankbord open prepare $(holder b) --yes --out b.klp
expect 5 klankbord open aggregate $(holder b) --late --statement a.klp --statement b.klp --out share.kla
says 'both with --late, or neither'
# An old copy of the second holder's ledger: the first knows a newer one.
cp b/ledger.kll b.kept
cp b.before b/ledger.kll
expect 0 klankbord open prepare $(holder b) --late --yes --out b.klp
expect 5 klankbord open aggregate $(holder b) --late --statement a.klp --statement b.klp --out late.kla
says 'knows a newer ledger'
[ ! -e late.kla ] || fail 'a share in spite of an old ledger'
cp b.kept b/ledger.kll
open_both --late
[ -s wa/release-late.klv ] || fail 'no late release'
open_both --late
expect 0 klankbord report --round round.klr --release wa/release.klv --late wa/release-late.klv --out report
[ -s report/late.html ] || fail 'no page of what came late'
/usr/bin/python3 "$source/tests/report/pages.py" report || fail 'pages with late answers of two machines'

# Lists that differ are not signed, and the difference is named.
cd "$folder/two" || exit 1
rm -r wb && rm wa/closing-1.klc
mv stick/1A-*.klb .
expect 0 klankbord merge --round round.klr --workspace wb stick
expect 0 klankbord round close $(holder a) --yes
expect 5 klankbord round close $(holder b) --list wa/closing-1.klc --yes
says 'Only in the list: bundle'
echo "opening.sh: passed"
