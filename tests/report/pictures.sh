#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Every page of some reports as a picture on a screen, on a telephone and on A4: pictures.sh FOLDER_OF_REPORTS OUT_FOLDER
set -eu
reports=$1 out=$2
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
browser() {
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --hide-scrollbars \
        --disable-component-update --disable-sync --user-data-dir="$profile" "$@" >/dev/null 2>&1
}
mkdir -p "$out"
find "$reports" -name '*.html' | sort | while read -r page; do
    # Of many class sheets the first few say it all.
    case $page in */class-0[4-9]* | */class-[1-9]*) continue ;; esac
    name=$(basename "$(dirname "$page")")-$(basename "$page" .html)
    browser --no-pdf-header-footer --print-to-pdf="$out/$name.pdf" "file://$(realpath "$page")"
    pdftoppm -r 60 -png "$out/$name.pdf" "$out/$name-a4"
    browser --window-size=1280,2400 --screenshot="$out/$name-screen.png" "file://$(realpath "$page")"
    browser --window-size=390,2400 --screenshot="$out/$name-phone.png" "file://$(realpath "$page")"
    echo "$name: $(pdfinfo "$out/$name.pdf" | sed -n 's/^Pages: *//p') pages"
done
