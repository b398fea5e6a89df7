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

# Every file that is written is named by the help, and every file that the help names is written; those of late answers only with --late (opening.sh), of changes only with --previous (two_years.sh).
expect 0 klankbord report $this --out report
written=$(find report -type f -printf '%f\n' | sed 's/^class-.*/class-*.html/' | sort -u)
for language in en nl; do
    named=$("$bin/klankbord" --lang $language help report | grep -oE '[a-z*-]+\.(html|csv|xlsx|json|txt)' | grep -vE 'late|changes' | sort -u)
    [ "$written" = "$named" ] || fail "the help in $language names other files: $(diff <(echo "$written") <(echo "$named"))"
done

# The same command again: the same bytes. A class sheet of an earlier report does not stay, and what a person wrote does.
cp -r report first
expect 0 klankbord report $this --out report/
diff -r report first || fail 'the same release gave another report'
# A report is made of the release and the round alone: where there is nothing else, neither workspace nor ledger nor keys, it is the same to the byte, so no format can tell more.
mkdir "$folder/alone"
cp round.klr w/release.klv "$folder/alone"
(cd "$folder/alone" && expect 0 klankbord report --round round.klr --release release.klv --out report) || exit 1
diff -r "$folder/alone/report" first || fail 'a report knows more than its release'
printf 'mine\n' >report/notes.txt
expect 1 klankbord report $this --out report
says 'notes.txt'
says 'Give another folder'
rm report/notes.txt
printf 'mine\n' >>report/guide.html
expect 1 klankbord report $this --out report
says 'changed since: guide.html'
cp first/guide.html report/guide.html
expect 1 klankbord report $this --out .
says 'Give the name of a new folder'
expect 1 klankbord report $this --out nowhere/report
[ ! -e nowhere ] || fail 'a folder was made'
expect 1 klankbord report $this --out round.klr
diff -r report first || fail 'a refused command changed something'

# A full disk and one that cannot be written to, which only a mount of one's own can be: full_disk.sh.
# Each failing call by itself is in tests/test_report_folder.c.
if unshare --mount --map-root-user true 2>/dev/null; then
    unshare --mount --map-root-user "$source/tests/cli/full_disk.sh" "$bin" "$source" "$PWD" || exit 1
else
    echo 'NOT TRIED: a full disk, for nobody may have a mount of his own here'
fi

# Killed whenever: the report is the old one or the new one, whole; and giving the command again is all there is to do.
export LC_ALL=C
"$bin/klankbord" --lang nl report $this --out dutch >/dev/null 2>&1 || fail dutch
rm -rf report
killed=0
for delay in 0.002 0.005 0.008 0.012 0.016 0.02 0.03 0.04 0.05 0.06 0.08 0.1 0.12 0.15; do
    for language in nl en; do
        "$bin/klankbord" --lang $language report $this --out report >/dev/null 2>&1 &
        sleep "$delay"
        kill -9 $! 2>/dev/null
        wait $! 2>/dev/null || killed=$((killed + 1))
        if [ -e report ]; then
            diff -rq report first >/dev/null || diff -rq report dutch >/dev/null || fail "half a report after $delay s"
        fi
    done
done
[ $killed -ge 5 ] || fail "only $killed of the runs were killed"
expect 0 klankbord report $this --out report
diff -r report first || fail 'another report after killed runs'
[ -z "$(find . -name '*.part*')" ] || fail "left behind: $(find . -name '*.part*')"
