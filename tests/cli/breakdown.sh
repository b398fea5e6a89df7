#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A round whose questionnaire declares a breakdown, with two pupils in one of its categories: told groups come out as they were answered, the two
# pupils nowhere, the same once more; and of a round of two machines the same groups come out, each key holder checking the other.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

for who in a b; do
    make_holder "$who" "holder $who"
done
make_kiosk k1
run 0 questionnaire build "$source/tests/demo/breakdown.csv" --out q.klq
printf '482913\n' >pin
printf 'class,years,heads,not_asked,reason\n1A,1,70,0,\n1B,1,70,0,\n2A,2,70,0,\n' >classes.csv

# 70 girls, 85 boys, 2 others, 53 who do not say; who feels safe how often goes round, boys two steps ahead of girls.
awk 'BEGIN {
    print "class,participation,gender,safe_class,safe_hall,safe_yard,helpers"
    split("1A 1B 2A", class, " "); split("never sometimes always", often, " "); split("friend teacher nobody", help, " ")
    for (n = 0; n < 210; n++) {
        who = n % 3 == 0 ? "girl" : n == 1 || n == 100 ? "other" : n % 3 == 1 || n > 110 && n % 2 ? "boy" : "rather_not_say"
        step = who == "boy" ? 2 : 0
        printf "%s,answered,%s", class[1 + int(n / 70)], who
        for (i = 0; i < 3; i++) printf ",%s", often[1 + (int(n / 5) + i + step) % 3]
        printf ",%s\n", help[1 + (int(n / 4) + step) % 3]
    }
}' >pupils.csv

# plan MODE: a signed round round.klr, and the pupils' answers to it in stick-MODE.
plan() {
    run 0 round new --out round.klr --school 'A school' --type vo --year 2026 --first 2026-11-01 --last 2026-12-20 \
        --retention 2027-06-01 --mode "$1" --questionnaire q.klq --classes classes.csv --languages nl \
        --holder a/holder.klh --holder b/holder.klh --pin-file pin --kiosk k1.kle
    for who in a b; do
        run 0 round sign round.klr --holder "$who" --passphrase-file "$who.pass" --yes
    done
    mkdir "stick-$1"
    "$bin/pupils" answer --round round.klr --answers pupils.csv --out "stick-$1" --kiosk-key k1.key 2>/dev/null || fail "nobody answered"
}

plan one-machine
run 0 merge --round round.klr --workspace work stick-one-machine
set -- --round round.klr --workspace work --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes
run 0 round close "$@"
# The school first: with the groups, which are of the school; and the same ones when the classes follow.
run 0 open "$@" --level school
run 0 --lang en report --round round.klr --release work/release-school.klv --out school-first
grep '^breakdown,' school-first/figures.csv >school.groups || fail 'the school alone has no groups'
! grep -qE '^(class|year),(item|scale)' school-first/figures.csv || fail 'a class in a report of the school'
run 0 open "$@"
run 0 --lang en report --round round.klr --release work/release.klv --out report

# Every published count of a group is the number of pupils who said so.
awk -F , '
    { sub(/\r$/, "") }
    NR == FNR { for (i = 4; i <= 7; i++) { if (NR == 1) name[i] = $i; else count[$3, name[i], $i]++ } next }
    FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $1 == "breakdown" && $2 == "item" && ($4 == "option" || $4 == "chosen") && $column["status"] == "published" {
        who = $column["unit_label"]; seen[who]++; total++
        if ($column["low"] != count[who, $3, $5] || $column["breakdown"] != "gender") { print "wrong: " $0; wrong = 1 }
    }
    $1 == "breakdown" { row[$column["unit_label"]]++ }
    END {
        printf "%d compared; groups:", total
        for (who in row) printf " %s", who
        print ""
        exit wrong || total < 12 || !("girl" in seen) || !("boy" in seen) || "other" in row
    }' pupils.csv report/figures.csv >out 2>err || fail "groups are not told as they were answered"
/usr/bin/python3 "$source/tests/report/pages.py" report >out 2>err || fail "pages"
grep -q '<h2>By background: What are you?</h2>' report/report.html || fail "the report has no groups"
grep -q 'girl (70); boy' report/report.html || fail "the report does not say how large the groups are"
! grep -l 'By background' report/parents.html report/guide.html report/poster.html report/class-*.html || fail "groups stand where they do not belong"

grep '^breakdown,' report/figures.csv >class.groups || fail 'the classes came without the groups'
same school.groups class.groups

# Once more gives the same bytes.
run 0 open "$@" --out again.klv
same work/release.klv again.klv

# On two machines the same groups come out.
mv round.klr first.klr
for who in a b; do
    run 0 keyholder round-key "$who" --passphrase-file "$who.pass" --sheet "$who-2.txt"
done
plan two-machines
for who in a b; do
    run 0 merge --round round.klr --workspace "w$who" stick-two-machines
done
run 0 round close --round round.klr --workspace wa --holder a --passphrase-file a.pass --yes
run 0 round close --round round.klr --workspace wb --holder b --passphrase-file b.pass --list wa/closing-1.klc --yes
run 0 round close --round round.klr --workspace wa --holder a --passphrase-file a.pass --list wb/closing-1.klc --yes
for who in a b; do
    run 0 open prepare --round round.klr --workspace "w$who" --holder "$who" --passphrase-file "$who.pass" --yes --out "$who.klp"
done
# first STEP … / second STEP …: a key holder's step, on her own computer.
agreed='--statement a.klp --statement b.klp'
first() { run_as "$1" a "$2" "$3 $agreed"; }
second() { run_as "$1" b "$2" "$3 $agreed"; }
# run_as CODE WHO STEP OPTIONS …
run_as() {
    code=$1 who=$2 step=$3 more=$4
    shift 4
    # shellcheck disable=SC2086
    run "$code" --lang en open "$step" --round round.klr --workspace "w$who" --holder "$who" --passphrase-file "$who.pass" $more "$@"
}
second 2 aggregate '--out share.kla'
says 'background question'
second 2 aggregate '--sizes groups.klg --without-groups --out share.kla'
second 2 sizes '--out groups.klg'
second 1 aggregate '--sizes groups.klg --out share.kla'
first 0 sizes '--out groups.klg'
says 'sealed for holder b'
first 0 sizes '--out groups.klg'
run 0 --lang en inspect --round round.klr groups.klg
says 'group sizes'
# A damaged copy, another kind of file, and the file of another agreement: nothing leaves.
head -c 200 groups.klg >damaged.klg
second 5 aggregate '--sizes damaged.klg --out share.kla'
says 'Ask for a new copy of the group sizes'
second 5 aggregate '--sizes a.klp --out share.kla'
/usr/bin/python3 -c 'import sys; b = bytearray(open("groups.klg", "rb").read()); b[300] ^= 1; open("flipped.klg", "wb").write(b)'
second 5 aggregate '--sizes flipped.klg --out share.kla'
[ ! -e share.kla ] || fail 'a share left in spite of a refusal'
# A key holder who has changed her program, and says something false: blinding, each of the four sizes, twenty boys as others. Nothing leaves the second's.
liar() {
    honest=$bin LIE=$1 who=$2 step=$3 more=$4
    shift 4
    export LIE
    bin=$place/liars
    first_or_second "$who" 0 "$step" "$more"
    bin=$honest
    unset LIE
}
first_or_second() { if [ "$1" = a ]; then first "$2" "$3" "$4"; else second "$2" "$3" "$4"; fi; }
mkdir liars
ln -s "$bin/liar" liars/klankbord
for how in blinding 'size 0' 'size 1' 'size 2' 'size 3' group; do
    rm -f false.klg
    liar "$how" a sizes '--out false.klg'
    second 4 aggregate '--sizes false.klg --out share.kla'
    says 'do not match what the kiosks sealed' 'nothing of a group was added up'
    [ ! -e share.kla ] || fail "a share left although the first lied: $how"
done
for how in blinding 'size 0' 'size 1' 'size 2' 'size 3' group sums both shut; do
    rm -f false.kla
    liar "$how" b aggregate '--sizes groups.klg --out false.kla'
    code=4
    [ "$how" != shut ] || code=5
    first "$code" combine '--share false.kla'
    [ ! -e wa/release.klv ] || fail "a release although the second lied: $how"
done
second 0 aggregate '--sizes groups.klg --out share.kla'
second 0 aggregate '--sizes groups.klg --out share.kla'
first 0 combine '--share share.kla'
cp wa/release.klv kept.klv
first 0 combine '--share share.kla'
same kept.klv wa/release.klv
first 0 combine '--share share.kla --level school'
run 0 --lang en report --round round.klr --release wa/release-school.klv --out school-two
grep '^breakdown,' school-two/figures.csv >school-two.groups || fail 'the school alone has no groups on two machines'
same school-two.groups school.groups
# Without groups it would be another release.
second 0 aggregate '--without-groups --out without.kla'
first 4 combine '--share without.kla --out other.klv'
[ ! -e other.klv ] || fail 'a second release of the same answers'
run 0 --lang en report --round round.klr --release wa/release.klv --out report-two
for of in report report-two; do
    grep '^breakdown,' "$of/figures.csv" >"$of.groups" || fail "no group in $of"
done
same report.groups report-two.groups
grep -q '^school,item,gender,option,girl,.*,published,70,70,' report-two/figures.csv || fail "the sizes are not told"
grep -q '<h2>By background: What are you?</h2>' report-two/report.html || fail "the report of two machines has no groups"

# What comes late has no groups: the step is not needed and says so, and the late release tells none.
mkdir late
awk -F, 'NR == 1 || NR > 10 && NR <= 30 || NR > 80 && NR <= 105' pupils.csv >late.csv
"$bin/pupils" answer --round round.klr --answers late.csv --out late --kiosk-key k1.key 2>/dev/null || fail 'nobody was late'
second 1 sizes '--late --out late.klg'
for who in a b; do
    run 0 merge --round round.klr --workspace "w$who" late
done
run 0 round close --round round.klr --workspace wa --holder a --passphrase-file a.pass --accept-surplus 1A --accept-surplus 1B --yes
run 0 round close --round round.klr --workspace wb --holder b --passphrase-file b.pass --list wa/closing-2.klc --accept-surplus 1A --accept-surplus 1B --yes
run 0 round close --round round.klr --workspace wa --holder a --passphrase-file a.pass --list wb/closing-2.klc --accept-surplus 1A --accept-surplus 1B --yes
for who in a b; do
    run 0 open prepare --late --round round.klr --workspace "w$who" --holder "$who" --passphrase-file "$who.pass" --yes --out "late-$who.klp"
done
agreed='--late --statement late-a.klp --statement late-b.klp'
first 2 sizes '--out late.klg'
says 'no groups to open here' 'open aggregate'
second 2 aggregate '--sizes groups.klg --out late.kla'
says 'leave out --sizes'
absent late.klg late.kla
second 0 aggregate '--out late.kla'
first 0 combine '--share late.kla'
run 0 --lang en report --round round.klr --release wa/release.klv --late wa/release-late.klv --out report-late
grep -q '^school,item,gender,' report-late/figures-late.csv || fail 'the late ones are not told'
! grep '^breakdown,' report-late/figures-late.csv || fail 'late groups are told'
