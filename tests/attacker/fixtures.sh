#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fixtures.sh BIN FOLDER: for every rule a school on which the attacker succeeds without it and fails with it.
set -u
bin=$1 folder=$2 failed=0 count=0
for known in "$folder"/*.known; do
    name=${known%.known}
    for rule in off on; do
        for how in "" -i; do
            said=$("$bin/attack" $how "$known" "$name.$rule" 2>&1)
            status=$?
            wanted=0
            [ $rule = off ] && wanted=1
            if [ $status -ne $wanted ]; then
                echo "$(basename "$name") with the rule $rule ${how:-}: status $status, expected $wanted"
                echo "$said"
                failed=1
            fi
        done
    done
    count=$((count + 1))
done
echo "$count rules: the attacker succeeds without each, and fails with it"
[ "$count" -gt 0 ] || failed=1
exit $failed
