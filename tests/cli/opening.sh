#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Merging, closing, opening and reporting with the real program: opening.sh BIN_FOLDER SOURCE_FOLDER
set -u
bin=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
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

# Without a yes nothing happens; with one, once.
expect 1 klankbord round close ${both% --yes}
[ ! -e w/closing-1.klc ] || fail 'closed without a yes'
expect 0 klankbord round close $both
says "Nothing has come in from machine 'laptop 2'"
expect 6 klankbord round close $both
says 'already closed'
expect 2 klankbord open --round round.klr --workspace w --holder a --passphrase-file a.pass --yes
expect 1 klankbord open --round round.klr --workspace w --holder a --holder a --passphrase-file a.pass --passphrase-file a.pass --yes
expect 0 klankbord open $both
says 'Released: w/release.klv'
cp w/release.klv first.klv
expect 0 klankbord open $both
cmp first.klv w/release.klv || fail 'the second opening gave another release'
expect 2 klankbord open $both --exclude "$(head -c 16 /dev/zero | od -An -tx1 | tr -d ' \n')"
expect 0 klankbord report --round round.klr --release w/release.klv --out report
[ -s report/report.html ] && [ -s report/figures.csv ] || fail 'no report'
expect 0 klankbord inspect --round round.klr w/release.klv
says 'belongs to the round	yes'
expect 5 klankbord inspect other.klb

# Two machines: each holder has her own workspace; statements, share and release travel as files.
make_school two-machines "$folder/two" || exit 1
cd "$folder/two" || exit 1
for who in a b; do
    expect 0 klankbord merge --round round.klr --workspace "w$who" stick
done
holder() { echo --round round.klr --workspace "w$1" --holder "$1" --passphrase-file "$1.pass"; }
expect 0 klankbord round close $(holder a) --yes
says 'Half signed'
expect 5 klankbord open prepare $(holder a) --yes --out a.klp
says "signature is missing"
expect 0 klankbord round close $(holder b) --list wa/closing-1.klc --yes
says 'signed by both'
cp wb/closing-1.klc wa/closing-1.klc
expect 4 klankbord open --round round.klr --workspace wa --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes
says 'two computers'
expect 0 klankbord open prepare $(holder a) --yes --out a.klp
expect 0 klankbord open prepare $(holder b) --yes --out b.klp
expect 2 klankbord open aggregate $(holder a) --statement a.klp --statement b.klp --out share.kla
expect 0 klankbord open aggregate $(holder b) --statement a.klp --statement b.klp --out share.kla
expect 2 klankbord open combine $(holder b) --statement a.klp --statement b.klp --share share.kla
expect 0 klankbord open combine $(holder a) --statement b.klp --statement a.klp --share share.kla
expect 0 klankbord inspect --round round.klr share.kla
says 'kind	aggregate share'
expect 0 klankbord report --round round.klr --release wa/release.klv --out report

# Lists that differ are not signed, and the difference is named.
rm -r wb && rm wa/closing-1.klc
mv stick/1A-*.klb .
expect 0 klankbord merge --round round.klr --workspace wb stick
expect 0 klankbord round close $(holder a) --yes
expect 5 klankbord round close $(holder b) --list wa/closing-1.klc --yes
says 'Only in the list: bundle'
echo "opening.sh: passed"
