#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A data set whose every count is known goes through the whole chain and comes out as it went in; and it does so whatever the machines that
# served the classes, and in whatever order and grouping their bundles are merged.
# shellcheck disable=SC2086 # $2 and $3 are lists of words
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"
demo=$source/tests/demo

for who in a b; do
    printf 'the passphrase of %s\n' "$who" >"$who.pass"
    run 0 keyholder new "$who" --name "holder $who" --kdf interactive --passphrase-file "$who.pass" --sheet "$who.txt"
done
run 0 questionnaire build "$source/questionnaires/secondary/questionnaire.csv" --out q.klq
run 0 questionnaire layout q.klq
cp out layout.tsv
printf '482913\n' >pin
printf 'class,years,heads,not_asked,reason\n1A,1,90,0,\n1B,1,80,0,\n2A,2,90,0,\n2B,2,8,0,\n3A,3,92,0,\n' >classes.csv
for number in 1 2 3; do
    "$bin/pupils" enrol --label "laptop $number" --kiosk-key "k$number.key" --request "k$number.kle"
done
run 0 round new --out round.klr --school 'A school' --type vo --year 2026 --first 2026-11-01 --last 2026-12-20 \
    --retention 2027-06-01 --mode one-machine --questionnaire q.klq --classes classes.csv --languages nl \
    --holder a/holder.klh --holder b/holder.klh --pin-file pin --kiosk k1.kle --kiosk k2.kle --kiosk k3.kle
for who in a b; do
    run 0 round sign round.klr --holder "$who" --passphrase-file "$who.pass" --yes
done

# 360 pupils who go round the options of every item, missing codes included, each item a step ahead of the one before; every twentieth says no, the one
# after it stops after five items. Every count is known and large enough.
awk -F '\t' '
    $3 == "groups" || $3 == "any" {
        split($5, part, ": ")
        many = split(part[2], names, ", ")
        if (!($4 in size)) order[++items] = $4
        for (i = 1; i <= many; i++) option[$4, size[$4]++] = names[i]
    }
    END {
        printf "class,participation"
        for (i = 1; i <= items; i++) printf ",%s", order[i]
        print ""
        split("1A 1B 2A 2B 3A", classes, " ")
        split("90 80 90 8 92", heads, " ")
        for (c = 1; c <= 5; c++) for (p = 0; p < heads[c]; p++) {
            n = pupil++
            printf "%s,%s", classes[c], n % 20 == 0 ? "declined" : n % 20 == 1 ? "stopped" : "answered"
            for (i = 1; i <= items; i++) {
                item = order[i]
                missing = item ~ /^safe_/ ? 1 : item == "told" ? 2 : 3
                pick = (item == "helped" ? int(n / 5) : n + i) % (size[item] + missing)
                name = pick < size[item] ? option[item, pick] : ""
                if (pick == size[item]) name = "rather_not_say"
                if (pick == size[item] + 2) name = "dont_know"
                if (item == "turn_to" && pick < 6 && n % 2) name = name " " option[item, (pick + 1) % 6]
                if (n % 20 == 0 || (n % 20 == 1 && i > 5)) name = ""
                if (item == "told") told = name
                if (item == "helped" && told != "yes") name = ""
                printf ",%s", name
            }
            print ""
        }
    }' layout.tsv >pupils.csv
[ "$(wc -l <pupils.csv)" = 361 ] || fail "the data set is not what it should be"

# chain NAME KEYS ORDER: merges into a new workspace and reports; ORDER is how `sort` puts the bundles.
chain() {
    mkdir -p "stick-$1"
    [ -n "$(ls "stick-$1")" ] || "$bin/pupils" answer --round round.klr --answers pupils.csv --out "stick-$1" $2 2>/dev/null
    merge_them "$1" "stick-$1" "$3"
}

merge_them() {
    find "$2" -name '*.klb' | sort $3 >bundles
    while read -r bundle; do
        run 0 merge --round round.klr --workspace "work-$1" "$bundle"
    done <bundles
    set -- "$1" --round round.klr --workspace "work-$1" --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes
    name=$1
    shift
    run 0 round close "$@"
    run 0 open "$@"
    run 0 report --round round.klr --release "work-$name/release.klv" --out "report-$name"
    "$demo/check_totals" layout.tsv "report-$name/figures.csv" pupils.csv >compared || {
        cat compared
        fail "the report does not show what was answered"
    }
}

chain forward '--kiosk-key k1.key --kiosk-key k2.key' ''
grep -q '^[0-9][0-9][0-9] published counts compared' compared || fail "hardly anything was compared: $(cat compared)"
hidden=$(grep '^school,item,' report-forward/figures.csv | grep -c ',hidden,') || hidden=0
[ "$hidden" -le 20 ] || fail "$hidden counts of the whole school are hidden"

# The same bundles backwards, and all at once from their folder, some twice: not one byte differs.
merge_them backward stick-forward -r
mkdir twice
cp stick-forward/*.klb twice
for bundle in stick-forward/1*.klb; do
    cp "$bundle" "twice/again-$(basename "$bundle")"
done
run 0 merge --round round.klr --workspace work-folder twice
merge_them folder stick-forward ''
for name in backward folder; do
    same work-forward/closing-1.klc "work-$name/closing-1.klc"
    same work-forward/release.klv "work-$name/release.klv"
    same report-forward/figures.csv "report-$name/figures.csv"
    same report-forward/report.html "report-$name/report.html"
done

# Each record is counted, and the eight pupils of 2B are with their year.
run 0 inspect --round round.klr work-forward/closing-1.klc
says 360

# Another number of machines is another set of contributions, which the key holders will not open beside the first: they would overlap in pupils,
# not in records, so this is a round of its own.
run 0 keyholder round-key a --passphrase-file a.pass --sheet a2.txt
run 0 keyholder round-key b --passphrase-file b.pass --sheet b2.txt
mv round.klr first.klr
run 0 round new --out round.klr --school 'A school' --type vo --year 2026 --first 2026-11-01 --last 2026-12-20 \
    --retention 2027-06-01 --mode one-machine --questionnaire q.klq --classes classes.csv --languages nl \
    --holder a/holder.klh --holder b/holder.klh --pin-file pin --kiosk k1.kle --kiosk k2.kle --kiosk k3.kle
for who in a b; do
    run 0 round sign round.klr --holder "$who" --passphrase-file "$who.pass" --yes
done
chain three '--kiosk-key k1.key --kiosk-key k2.key --kiosk-key k3.key' ''
same report-forward/figures.csv report-three/figures.csv
