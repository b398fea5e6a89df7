#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# rules.sh BIN PLANS: every plan (NUMBER-NAME.plan, see planned.h) is a school that goes through the real chain twice. With the rule of that number
# switched off the attacker must find something, with all rules nothing: as anybody, in whole numbers, and as one of the pupils.
set -u
bin=$1 plans=$2 failed=0 rules=""
folder=$(mktemp -d /tmp/klankbord-rules-XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

complain() {
    echo "$1"
    cat "$folder/said"
    failed=1
}

for plan in "$plans"/*.plan; do
    name=$(basename "$plan" .plan)
    rule=${name%%-*}
    for off in 0 "$rule"; do
        school=$folder/$name-$off
        "$bin/without" "$off" "$plan" "$school" >"$folder/said" 2>&1 ||
            { complain "$name without rule $off: the chain ended with $?" && continue; }
        for how in "" -i -p; do
            # The pupil who looks is the first one, which is no attack where he is the only one who was to be protected.
            [ "$how" = -p ] && [ "$off" != 0 ] && continue
            "$bin/attack" $how "$school/known" "$school"/release-*.klr >"$folder/said" 2>&1
            status=$?
            wanted=$((off != 0))
            [ $status -eq $wanted ] || complain "$name without rule $off, attack $how: status $status, expected $wanted"
        done
    done
    rules="$rules $rule"
done
echo "rules$rules: the attacker finds something without each, and nothing with all"
[ "$rules" = " 2 4 5 6 7 8 9" ] || { echo "plans are missing" && failed=1; }
exit $failed
