#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What an administrator types at a kiosk: enrolling, pinning, and every way in which it cannot begin: kiosk.sh FOLDER_WITH_PROGRAMS
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

# kiosk CODE ARGUMENT…: the kiosk without a display; its output goes to the files out and err.
kiosk() {
    expected=$1
    shift
    last="klankbord-kiosk $*"
    code=0
    env -u DISPLAY -u WAYLAND_DISPLAY timeout 20 "$bin/klankbord-kiosk" "$@" >out 2>err </dev/null || code=$?
    [ "$code" = "$expected" ] || fail "exit code $code, expected $expected"
}

kiosk 0 --version
says 'klankbord-kiosk '
kiosk 0 --help
says '--enrol' '--trust' '--windowed'
for wrong in --nonsense --windowed=axb --lang=xx '--enrol k.kle' '--trust a.klh'; do
    # shellcheck disable=SC2086 # two words are two arguments
    kiosk 2 --state "$place/s" $wrong
    says 'niet goed ingevuld' 'Gebruik:'
    out_is_empty
done
absent s k.kle

# enrolling: the same key again, and nobody's file is written over
kiosk 0 --state 'een map' --label 'laptop 7' --enrol k.kle
says 'k.kle' 'coördinator'
run 0 inspect k.kle
says 'laptop 7'
key=$(grep '^sleutel van het apparaat' out)
kiosk 0 --state 'een map' --label 'laptop 7' --enrol again.kle
run 0 inspect again.kle
says "$key"
echo mine >mine
kiosk 1 --state 'een map' --label 'laptop 7' --enrol mine
says 'bestand met de naam mine' 'niet overschreven' 'andere bestandsnaam'
[ "$(cat mine)" = mine ] || fail 'a file was written over'
kiosk 1 --state 'een map' --label 'laptop 8' --enrol eight.kle
says "al aangemeld, als ‘laptop 7’" 'niets veranderd'
kiosk 1 --lang en --state 'een map' --label 'laptop 8' --enrol eight.kle
says "enrolled already, as ‘laptop 7’" 'Nothing was changed'
absent eight.kle
find 'een map' -type f -perm /077 | grep . && fail 'others may read what a kiosk keeps'

# pinning: two different holders, once; others are refused in words that say what to do
make_holder a coördinator
make_holder b vertrouwenspersoon
make_holder c iemand
kiosk 1 --state nieuw --trust a/holder.klh b/holder.klh
says '--enrol'
kiosk 1 --state 'een map' --trust a/holder.klh a/holder.klh
says 'dezelfde houder'
kiosk 1 --state 'een map' --trust a/holder.klh nowhere.klh
kiosk 0 --state 'een map' --trust a/holder.klh b/holder.klh
fingerprint=$(sed -n 2p out | cut -c 1-19)
kiosk 0 --state 'een map' --trust b/holder.klh a/holder.klh
run 0 inspect a/holder.klh
says "$fingerprint"
kiosk 1 --state 'een map' --trust a/holder.klh c/holder.klh
says 'vertrouwt al twee andere' 'niets veranderd' 'trusted-1.klh'
kiosk 1 --lang en --state 'een map' --trust a/holder.klh c/holder.klh
says 'trusts two other key holders already'

# how it is doing: the same facts in both languages, an action asked for is marked, and nothing is changed by asking
kiosk 1 --state leeg --status
says '! Dit apparaat:' '--enrol'
absent leeg
kiosk 1 --state 'een map' --status
says 'laptop 7' "$fingerprint" '! Vertrouwde sleutels:' 'journalctl'
kiosk 0 --state 'een map' --compared
says "$fingerprint"
kiosk 1 --state leeg --compared
says '--enrol'
run_status=0
env -u DISPLAY "$bin/klankbord-kiosk" --state 'een map' --lang en --status >out 2>err || run_status=$?
says 'laptop 7' '  Trusted keys:' 'have compared'
{ [ "$run_status" = 1 ] && grep -q '^!' out; } || { [ "$run_status" = 0 ] && ! grep -q '^!' out; } || fail 'the status and the marks disagree'
if grep -Eq '[0-9a-f]{32}|argon' out; then fail 'a key or a hash is told'; fi

# it cannot begin: said on standard error as well, and at once where nobody could see a screen
if [ ! -e /dev/dri ]; then
    kiosk 1 --state 'een map' --lang nl
    says 'nog geen ronde op dit apparaat' 'stick'
    kiosk 1 --state 'een map' --round nowhere.klr
    says 'er niet'
    kiosk 1 --state 'een map' --round k.kle --lang en
    says 'Ask the coordinator'
    kiosk 1 --state leeg
    says '--enrol'
fi

# an author's file: named, with what is wrong, and without a word about enrolling
"$bin/klankbord" questionnaire build "$source/questionnaires/primary/questionnaire.csv" --out q.klq >/dev/null || fail 'no questionnaire'
head -c 3000 q.klq >cut.klq
for way in preview layout; do
    kiosk 1 --lang nl "--$way" nowhere.klq
    says 'nowhere.klq: ' 'is er niet'
    if grep -q -- '--enrol' err; then fail 'an author is told to enrol a machine'; fi
    kiosk 1 --lang nl "--$way" "$source/questionnaires/primary/questionnaire.csv"
    says 'questionnaire.csv: ' 'questionnaire build'
    kiosk 1 --lang en "--$way" cut.klq
    says 'cut.klq: '
    if grep -q -i 'stick\|coordinator' err; then fail 'an author is sent to the coordinator'; fi
done
if [ ! -e /dev/dri ]; then
    kiosk 1 --lang nl --preview q.klq
    says 'q.klq: ' 'bureaublad' '--layout'
    kiosk 1 --lang en --preview q.klq
    says 'q.klq: ' 'desktop'
fi
