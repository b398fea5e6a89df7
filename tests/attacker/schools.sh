#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# schools.sh BIN FIRST LAST [SMALL [OPEN...]]: lets the attacker loose on the schools of these seeds: as anybody, as one of the
# pupils, and where they have at most SMALL classes (4) in whole numbers too: more classes take minutes each. Ends with 1 when it found
# anything, or went wrong. In the schools OPEN it is known to find something (docs/decisions/0037); when it finds nothing there any
# more, that is an error too: take it off the list.
set -u
bin=$1 first=$2 last=$3 small=${4:-4} seed=$2 bad=0 opened=0 whole=0 attacks=0 counts=0 found=0 reports=0
shift 3
[ $# -eq 0 ] || shift
open=" $* "
folder=$(mktemp -d /tmp/klankbord-attack-XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

attack() {
    attacks=$((attacks + 1))
    "$bin/attack" "$@" "$school/known" "$school"/release-*.klr >"$folder/said" 2>&1
    status=$?
    counts=$((counts + $(sed -n 's/^attack: \([0-9]*\) counts.*/\1/p' "$folder/said" | head -n 1)))
    if [ $status -eq 1 ] && [ "${open#* "$seed" }" != "$open" ]; then
        known=1
    elif [ $status -ne 0 ]; then
        echo "school $seed, attack $*: status $status"
        tail -n 12 "$folder/said"
        bad=$((bad + 1))
    fi
}

tables() {
    if ! /usr/bin/python3 "$(dirname "$0")/tables.py" "$@" >"$folder/said" 2>&1; then
        echo "school $seed, its report:"
        tail -n 12 "$folder/said"
        bad=$((bad + 1))
    fi
}

while [ "$seed" -le "$last" ]; do
    school=$folder/$seed
    if ! "$bin/school" "$seed" "$school" >"$folder/made" 2>&1; then
        echo "school $seed:"
        cat "$folder/made"
        bad=$((bad + 1))
    elif [ -e "$school/release-1.klr" ]; then
        opened=$((opened + 1))
        known=0
        attack
        attack -p
        # Of some schools there is a whole report: no table of it may tell more than the release.
        if [ -d "$school/report" ]; then
            reports=$((reports + 1))
            tables "$school/release-1.klr" "$school"/report/figures.csv "$school"/report/figures.json "$school"/report/figures.xlsx
            [ ! -e "$school/report/figures-late.csv" ] ||
                tables "$school/release-2.klr" "$school"/report/figures-late.csv "$school"/report/figures-late.json "$school"/report/figures-late.xlsx
        fi
        classes=$(sed -n 's/^school: \([0-9]*\) classes$/\1/p' "$folder/made")
        if [ "${classes:?the school does not say how many}" -le "$small" ]; then
            whole=$((whole + 1))
            attack -i
        fi
        found=$((found + known))
        if [ $known -eq 0 ] && [ "${open#* "$seed" }" != "$open" ]; then
            echo "school $seed is not open any more: take it off the list"
            bad=$((bad + 1))
        fi
    fi
    rm -rf "$school"
    seed=$((seed + 1))
done
echo "schools $first-$last: $opened opened, $attacks attacks ($whole in whole numbers) on $counts counts, $reports reports read, $bad succeeded or went wrong, and $found schools known to be open"
[ "$opened" -gt 0 ] || bad=1
[ "$bad" -eq 0 ]
