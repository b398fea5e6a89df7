#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The report, with the real program: report.sh BIN_FOLDER SOURCE_FOLDER
# shellcheck disable=SC2086 # options are lists of words
set -u
bin=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=tests/cli/school.sh
. "$source/tests/cli/school.sh"

make_school one-machine "$folder/one" || exit 1
cd "$folder/one" || exit 1
both="--round round.klr --workspace w --holder a --holder b --passphrase-file a.pass --passphrase-file b.pass --yes"
expect 0 klankbord merge --round round.klr --workspace w stick
expect 0 klankbord round close $both
expect 0 klankbord open $both
this="--round round.klr --release w/release.klv"

# Every file that is written is named by the help, and every file that the help names is written.
expect 0 klankbord report $this --out report
written=$(find report -type f -printf '%f\n' | sed 's/^class-.*/class-*.html/' | sort -u)
for language in en nl; do
    named=$("$bin/klankbord" --lang $language help report | grep -oE '[a-z*-]+\.(html|csv|xlsx|json|txt)' | sort -u)
    [ "$written" = "$named" ] || fail "the help in $language names other files: $(diff <(echo "$written") <(echo "$named"))"
done
