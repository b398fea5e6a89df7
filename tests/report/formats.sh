#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Reports of made-up schools, small and usual, in both languages: every page valid and readable, every format the same figures, the same bytes twice.
# formats.sh BIN_FOLDER SOURCE_FOLDER
set -eu
bin=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for school in small usual; do
    for language in nl en; do
        folder=$work/$school-$language
        "$bin/report_look" "$source/questionnaires/secondary/questionnaire.csv" "$folder" "$school" "$language"
        /usr/bin/python3 "$source/tests/report/read_back.py" "$folder"
        case $school in
        small) change='too_few_classes,score,.*,hedges_g,,,too_few_classes' ;;
        *) change='compared,score,.*,hedges_g,[0-9.]*,[0-9.]*,[a-z_]*' ;;
        esac
        if ! grep -q "^scale,safety,mean,.*,$change" "$folder/changes.csv" ||
            ! grep -qE '<td>[+−][0-9][.,][0-9]{2}<br>(zeer klein|klein|very small|small)</td>' "$folder/report.html"; then
            echo "$folder: no change of a mean with its size"
            exit 1
        fi
        (cd "$folder" && b2sum -l 256 --quiet -c manifest.txt)
        [ "$(find "$folder" -type f | wc -l)" = "$(($(wc -l <"$folder/manifest.txt") + 1))" ] || {
            echo "$folder holds files that are not in its manifest"
            exit 1
        }
        /usr/bin/python3 "$source/tests/report/pages.py" --one-language "$folder"
    done
    # The same once more, with another clock and another locale.
    LC_ALL=C.UTF-8 TZ=Pacific/Auckland "$bin/report_look" "$source/questionnaires/secondary/questionnaire.csv" "$work/again" "$school" nl
    diff -r "$work/again" "$work/$school-nl"
    rm -r "$work/again"
done
