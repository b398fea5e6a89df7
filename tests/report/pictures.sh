#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every page of some reports as a picture on a screen, on a telephone (whole) and on A4: pictures.sh FOLDER_OF_REPORTS OUT_FOLDER
# Ends with 1 when a sheet of paper is nearly empty: what is there belongs on the one before.
set -eu
reports=$1 out=$2
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
browser() {
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --hide-scrollbars \
        --disable-component-update --disable-sync --user-data-dir="$profile" "$@" >/dev/null 2>&1
}
# whole WIDTH SHEETS PAGE PICTURE: as high as so many sheets of paper become (a browser draws some 16,000 lines at most), without what is left below.
whole() {
    high=$((900 + $2 * (400000 / $1 + 1000)))
    browser --window-size="$1",$((high < 16000 ? high : 16000)) --screenshot="$4" "file://$3"
    convert "$4" -trim +repage "$4"
}
mkdir -p "$out"
empty=$profile/empty
find "$reports" -name '*.html' | sort | while read -r page; do
    # Of many class sheets the first few say it all.
    case $page in */class-0[4-9]* | */class-[1-9]*) continue ;; esac
    name=$(basename "$(dirname "$page")")-$(basename "$page" .html)
    page=$(realpath "$page")
    browser --no-pdf-header-footer --print-to-pdf="$out/$name.pdf" "file://$page"
    pdftoppm -r 60 -png "$out/$name.pdf" "$out/$name-a4"
    sheets=$(pdfinfo "$out/$name.pdf" | sed -n 's/^Pages: *//p')
    whole 1280 "$sheets" "$page" "$out/$name-screen.png"
    whole 390 "$sheets" "$page" "$out/$name-phone.png"
    echo "$name: $sheets pages"
    for sheet in $(seq "$sheets"); do
        words=$(pdftotext -f "$sheet" -l "$sheet" "$out/$name.pdf" - | wc -w)
        [ "$words" -ge 60 ] || echo "$name: sheet $sheet is nearly empty, $words words" | tee -a "$empty"
    done
done
[ ! -e "$empty" ]
