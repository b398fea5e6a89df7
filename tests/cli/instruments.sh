#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shipped instruments, with the real programs: no complaint, and every question and note of every language on one page of every screen,
# with letters of 100, 125 and 150 per cent.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
begin "$@"

for kind in primary secondary; do
    instrument=$source/questionnaires/$kind/questionnaire.csv
    run 0 questionnaire check "$instrument" --strict
    says '0 fouten, 0 waarschuwingen'
    run 0 questionnaire build "$instrument" --out "$kind.klq"
    # exit code 1 says that some page does not fit, which at 200 per cent is no wonder
    "$bin/klankbord-kiosk" --lang en --layout "$kind.klq" >pages 2>err || [ $? = 1 ] || fail 'the pages were not made'
    grep -q '6 languages, [0-9]* pages made' pages err || fail 'the pages were not made'
    awk -F, '$2 ~ /^(select|note)/ { print $3 }' "$instrument" >names
    [ "$(wc -l <names)" -ge 20 ] || fail 'the names were not found'
    while read -r name; do
        ! grep -E " (100|125|150) %: $name is [0-9]+ pixels" pages err >wide || fail "$kind: $(cat wide)"
    done <names
done
! cmp -s primary.klq secondary.klq || fail 'the two are one'
