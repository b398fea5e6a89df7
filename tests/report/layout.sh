#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The small school's reports in both languages, every edition and page, as a browser lays them out: nothing that a reader would trip over (layout.py).
# Then one of them broken on purpose, each time in one way: an eye that is blind sees nothing wrong either.
# layout.sh BIN_FOLDER SOURCE_FOLDER
set -eu
here=$2/tests/report
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/schools.sh" "$1" "$2" "$work/reports" small
/usr/bin/python3 "$here/layout.py" "$work"/reports/*

# broken STYLE WORDS: with this at the end of its style sheet, this is to be said of the team's report.
count=0
mkdir "$work/broken"
broken() {
    count=$((count + 1))
    awk -v style="$1" '{ sub("</style>", style "</style>"); print }' "$work/reports/small-nl/report.html" >"$work/broken/$count.html"
    printf '%s\t%s\t%s\n' "$count" "$2" "$1" >>"$work/expected"
}
broken 'h2{margin-bottom:-2rem}' 'screen: .* overlap'
broken '@media screen and (max-width:40rem){h3{margin-bottom:-2rem}}' 'phone: .* overlap'
broken '@media print{.goal{margin-bottom:-1.5rem}}' 'paper: .* overlap'
broken 'td{max-width:1rem}' 'screen: .* reaches beyond its cell'
broken 'svg{margin-left:-3rem;width:120%;overflow:visible}svg text{transform:translateX(-200px)}' 'screen: .* reaches beyond its drawing'
broken 'p{white-space:nowrap}' 'screen: .* reaches beyond the page'
broken '@media screen and (max-width:40rem){.slide{overflow:visible!important}}' 'phone: the page is [0-9]* pixels wide'
broken 'p{word-break:break-all}' 'screen: .* is broken anywhere'
broken 'ul{height:1rem;overflow:hidden}' 'screen: .* is cut off'
broken '@media print{footer{break-before:page!important}}' 'sheet [0-9]* is nearly empty'
! /usr/bin/python3 "$here/layout.py" "$work/broken" >"$work/said" || exit 1
tab=$(printf '\t')
while IFS="$tab" read -r page words style; do
    grep -q "^broken-$page: $words" "$work/said" || {
        cat "$work/said"
        echo "of page $page, with $style, is not said: $words"
        exit 1
    }
done <"$work/expected"
echo "$count pages broken on purpose, and every one seen"
