# SPDX-License-Identifier: Apache-2.0
"""Pages of reports as a browser lays them out; ends with 1 when a reader would trip over anything:

layout.py [--pictures OUT_FOLDER] FOLDER…

Every page on a screen of 1280 pixels, on a telephone of 390 and as wide as A4 between its margins: no text beyond its cell, its drawing or the page, none
over another, no word broken where it should not be, nothing cut off, and only tables scroll to the side (layout.js). And on paper: no sheet that is
nearly empty, for what is there belongs on the one before. With --pictures every page and every sheet is left as a picture, to be looked at.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

from browser import Browser

# Pixels between the margins of A4, as the style sheet sets them: 178 mm.
VIEWS = (("screen", 1280, "screen"), ("phone", 390, "screen"), ("paper", 673, "print"))
# Grey, from 0; of the margins alone 5 of these hundredths are above.
INK, NEARLY_EMPTY = 225, 30
# Of many class sheets the first few say it all.
MANY = r"class-(0[4-9]|[1-9])[^/]*$"


def filled(picture):
    """How far down there is ink on a sheet, in hundredths of its height; and what follows its picture (PGM). The mark behind the page is lighter."""
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    width, height = int(head[1]), int(head[2])
    rows = [picture[head.end() + y * width :][:width] for y in range(height)]
    last = max((y + 1 for y, row in enumerate(rows) if min(row) < INK), default=0)
    return 100 * last // height, picture[head.end() + width * height :]


def sheets_are_empty(pdf):
    """How many sheets there are, and which of them end high up. One that stands alone may."""
    rest = subprocess.run(["pdftoppm", "-r", "36", "-gray", pdf], check=True, capture_output=True).stdout
    ends = []
    while rest:
        end, rest = filled(rest)
        ends.append(end)
    few = [(at, end) for at, end in enumerate(ends, 1) if end < NEARLY_EMPTY and len(ends) > 1]
    return len(ends), [f"sheet {at} is nearly empty: nothing below {end} % of it" for at, end in few]


def page_is_wrong(browser, script, page, out, pictures):
    """What is wrong with one page; OUT is where its pictures go, without their endings."""
    wrong = []
    for view, width, medium in VIEWS:
        browser.show(page, width, medium=medium)
        seen = browser.run(script)
        wrong += [f"{view}: {what}" for what in seen["found"]] + ([] if seen["lines"] else [f"{view}: no text at all"])
        if pictures and medium == "screen":
            browser.picture(f"{out}-{view}.png")
    browser.paper(f"{out}.pdf")
    sheets, empty = sheets_are_empty(f"{out}.pdf")
    if pictures:
        subprocess.run(["pdftoppm", "-r", "60", "-png", f"{out}.pdf", f"{out}-a4"], check=True)
    return sheets, wrong + empty


def look(folders, out, pictures):
    """All pages of all folders: how many there were, and what is wrong."""
    with open(os.path.join(os.path.dirname(os.path.realpath(__file__)), "layout.js"), encoding="utf-8") as file:
        script = file.read()
    count, wrong = 0, []
    with Browser() as browser:
        for page in sorted(page for folder in folders for page in glob.glob(f"{folder}/*.html")):
            if re.search(MANY, page):
                continue
            name = f"{os.path.basename(os.path.dirname(page))}-{os.path.basename(page).removesuffix('.html')}"
            sheets, found = page_is_wrong(browser, script, page, os.path.join(out, name), pictures)
            print(f"{name}: {sheets} sheets", flush=True)
            count += 1
            wrong += [f"{name}: {what}" for what in found]
    return count, wrong


def main(arguments):
    """Looks, and says what it saw."""
    with tempfile.TemporaryDirectory() as scratch:
        pictures = arguments[:1] == ["--pictures"]
        out = arguments[1] if pictures else scratch
        os.makedirs(out, exist_ok=True)
        count, wrong = look(arguments[2 if pictures else 0 :], out, pictures)
    for what in wrong:
        print(what)
    print(f"{count} pages laid out, {len(wrong)} things wrong")
    return 1 if wrong or not count else 0


sys.exit(main(sys.argv[1:]))
