#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What is written for others (report, hand-over, papers) onto a full disk and onto one that is read-only: it is said which, and the disk holds what it held.
# full_disk.sh BIN_FOLDER SOURCE_FOLDER FOLDER, in a mount name space of its own; FOLDER has round.klr and w/release.klv. Part of cli_report.
set -u
bin=$1 source=$2
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"
cd "$3" || exit 1
mkdir disk
mount -t tmpfs -o size=256k,mode=755 none disk || fail 'no disk to fill'
release=(--round round.klr --release w/release.klv)
# What is there already is there afterwards, whole; a first report does not come half.
expect 0 klankbord handover "${release[@]}" --out disk
(cd disk && b2sum handover.csv account.html) >before

# refused WORDS: each writer says them and leaves nothing.
refused() {
    for line in "report ${release[*]} --out disk/report" "handover ${release[*]} --out disk" "round papers round.klr --out disk/papers" \
        "questionnaire template --out disk/form.xlsx" "questionnaire template --out disk/form.csv"; do
        read -ra words <<<"$line"
        expect 1 klankbord "${words[@]}"
        says "$1"
        case $said in *ERROR*) fail "a library talks: $said" ;; esac
        [ "$(find disk -mindepth 1 -maxdepth 1 | sort | tr '\n' ' ')" = 'disk/account.html disk/filler disk/handover.csv ' ] || fail "left by $line: $(ls -A disk)"
        (cd disk && b2sum account.html handover.csv) | sort | diff - <(sort before) || fail "changed by $line"
    done
}
dd if=/dev/zero of=disk/filler bs=1k 2>/dev/null
refused 'disk or stick is full'
mount -o remount,ro disk || fail 'the disk cannot be made read-only'
refused 'disk or stick is read-only'
umount disk
rmdir disk
