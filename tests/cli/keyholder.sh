#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A key holder's commands, with the real program: keyholder.sh FOLDER_WITH_PROGRAMS
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

echo 'een lange wachtzin' >pass
echo 'te kort' >short
echo 'een andere lange zin' >other

# new: the fingerprint is data, everything else is talk
run 0 keyholder new a --name coördinator --kdf interactive --passphrase-file pass --sheet a.txt
[ "$(wc -l <out)" = 1 ] || fail 'more than the fingerprint on standard output'
says 'Vingerafdruk van coördinator: ' 'Print a.txt'
[ "$(stat -c %a a/keys.kls)" = 600 ] || fail 'the keys may be read by others'
[ "$(stat -c %a a.txt)" = 600 ] || fail 'the sheet may be read by others'
fingerprint=$(sed 's/.*: //' out)
grep -qF "$fingerprint" a.txt || fail 'the sheet does not show the fingerprint'
grep -qF 'Naam: coördinator' a.txt || fail 'the sheet does not show the name'

# check
run 0 keyholder check a --passphrase-file pass
says "$fingerprint" 'klaar voor een nieuwe ronde' 'In orde'
run 1 keyholder check a --passphrase-file other
says 'De wachtzin is niet goed' 'herstelblad'
out_is_empty
run 1 --lang en keyholder check a --passphrase-file other
says 'The passphrase is not right' 'recovery sheet'
run 1 keyholder check a
says 'Er is geen toetsenbord' '--passphrase-file'
run 1 keyholder check nowhere --passphrase-file pass
says 'nowhere: Het bestand of de map is er niet'
absent nowhere

# twice, too short, no name, a name that is too long, an unknown kdf: nothing is left
run 1 keyholder new a --name x --kdf interactive --passphrase-file pass --sheet b.txt
says 'niet overschreven'
absent b.txt
run 0 keyholder check a --passphrase-file pass
run 1 keyholder new b --name x --kdf interactive --passphrase-file short --sheet b.txt
says 'ten minste 12 tekens'
absent b b.txt
run 2 keyholder new b --kdf interactive --passphrase-file pass
says '--name ontbreekt'
run 2 keyholder new b --name x --kdf none --passphrase-file pass
says '--kdf is interactive'
run 2 keyholder new b --name 'een naam die veel langer is dan de achtenveertig tekens' --kdf interactive --passphrase-file pass
says '--name' 'hooguit 48'
run 1 keyholder new b --name x --kdf interactive --passphrase-file pass --sheet a.txt
says 'a.txt' 'niet overschreven'
run 1 keyholder new b --name x --kdf interactive --passphrase-file pass --sheet no/such/folder.txt
absent b
run 1 keyholder new b --name x --kdf interactive --passphrase-file nofile --sheet b.txt
absent b b.txt
run 2 keyholder new b --name x --unknown
says '--unknown'
run 2 keyholder
says 'restore'
run 2 keyholder nonsense

# a folder with something else in it is not touched
mkdir full
echo mine >full/file
run 1 keyholder new full --name x --kdf interactive --passphrase-file pass --sheet b.txt
[ "$(ls -A full)" = file ] || fail 'a folder in use was touched'
absent b.txt

# without a sheet it warns, and `sheet` makes up for it
run 0 keyholder new c --name c --kdf interactive --passphrase-file pass
says 'LET OP' 'keyholder sheet'
run 0 keyholder sheet c --sheet c.txt --passphrase-file pass
run 0 keyholder sheet c --sheet - --passphrase-file pass
same out c.txt
run 1 keyholder sheet c --sheet c.txt --passphrase-file pass
says 'niet overschreven'
run 1 keyholder sheet c --sheet c2.txt --passphrase-file other
absent c2.txt

# a lost stick: restored from the sheet, with another passphrase, it is the same holder
run 0 keyholder restore r --sheet a.txt --kdf interactive --passphrase-file other
says "$fingerprint" 'proefbijdrage'
same a/holder.klh r/holder.klh
run 0 keyholder check r --passphrase-file other
says 'hersteld'
run 1 keyholder check r --passphrase-file pass

# typed in a hurry: small letters, O and I, no hyphens
sed -n 's/^ *\([1-7]:\)/\1/p' a.txt | tr -d -- '- ' | tr 'A-Z01' 'a-zOI' | sed 's/^I:/1:/' >typed
run 2 keyholder restore r2 --sheet typed --kdf interactive --passphrase-file other
says '--name'
absent r2
run 0 keyholder restore r2 --sheet typed --name coördinator --kdf interactive --passphrase-file other
same a/holder.klh r2/holder.klh

# a typing error is located
sed -e '3{' -e 's/x$/y/' -e t -e 's/.$/x/' -e '}' typed | sed '5d' >wrong
run 5 keyholder restore r3 --sheet wrong --name x --kdf interactive --passphrase-file other
says 'Regel 3' 'Regel 5' 'tikfout'
absent r3
run 5 --lang en keyholder restore r3 --sheet wrong --name x --kdf interactive --passphrase-file other
says 'Line 3' 'Line 5'

# a sheet does not replace other keys, and its own only after a yes
run 1 keyholder restore c --sheet a.txt --yes --kdf interactive --passphrase-file other
says 'niet aangeraakt'
run 0 keyholder check c --passphrase-file pass
run 1 keyholder restore a --sheet a.txt --kdf interactive --passphrase-file other
run 0 keyholder check a --passphrase-file pass
run 0 keyholder restore a --sheet a.txt --yes --kdf interactive --passphrase-file other
run 0 keyholder check a --passphrase-file other

# a fresh round key: not while one is waiting; after a restore there is none waiting
run 6 keyholder round-key c --sheet d.txt --passphrase-file pass
says 'gebruik die'
absent d.txt
run 0 keyholder round-key r --sheet d.txt --passphrase-file other
run 0 keyholder check r --passphrase-file other
says 'Rondesleutel 1: hersteld' 'Rondesleutel 2: klaar'
if cmp -s a/holder.klh r/holder.klh; then fail 'the public file still shows the old key'; fi

# damage is told apart from a wrong passphrase
cp -r c e
printf 'XXXXXXXX' | dd of=e/keys.kls bs=1 seek=3000 conv=notrunc 2>/dev/null
run 5 keyholder check e --passphrase-file pass
says 'beschadigd'
rm c/holder.klh
run 0 keyholder check c --passphrase-file pass
[ -s c/holder.klh ] || fail 'the public file was not made again'

# the table is the help
run 0 help keyholder
says 'new|check|restore'
run 0 keyholder new --help
says '--sheet' '(verplicht)'
run 0 --version
says 'klankbord '
run 2 nonsense
says "geen opdracht 'nonsense'"
KLANKBORD_LANG=en "$bin/klankbord" nonsense 2>err >out || true
says "there is no command 'nonsense'"
run 2 keyholder nonsense
says "geen opdracht 'nonsense'; kies"
run 2 keyholder
says 'keyholder: kies'

# and at a real terminal: typed twice, then the seven lines, with a mistake that is said at once
"$bin/typist" "$bin/klankbord" keyholder new t --name t --kdf interactive --sheet t.txt >typescript 2>&1 <<'END' || fail "$(cat typescript)"
Nieuwe wachtzin	kort
Nieuwe wachtzin	lang genoeg voor allebei
Nog een keer	lang genoeg voor iemand
Nieuwe wachtzin	lang genoeg voor allebei
Nog een keer	lang genoeg voor allebei
END
grep -qF 'te kort' typescript || fail 'a short passphrase was not refused'
grep -qF 'niet gelijk' typescript || fail 'two different passphrases were not refused'
if grep -qF 'allebei' typescript; then fail 'the passphrase was shown'; fi
sed -n 's/^ *[1-7]: //p' t.txt >lines
{
    printf 'Regel 1/7\tABCD\n'
    number=0
    while read -r line; do
        number=$((number + 1))
        printf 'Regel %d/7\t%s\n' "$number" "$line"
    done <lines
    printf 'Nieuwe wachtzin\tweer een nieuwe zin\nNog een keer\tweer een nieuwe zin\n'
} >script
"$bin/typist" "$bin/klankbord" keyholder restore t2 --name t --kdf interactive <script >typescript 2>&1 || fail "$(cat typescript)"
grep -qF 'In regel 1 staat een tikfout' typescript || fail 'the mistyped line was not named'
if grep -qF "$(sed -n 2p lines)" typescript; then fail 'the code was shown'; fi
same t/holder.klh t2/holder.klh
echo 'keyholder: all as expected'
