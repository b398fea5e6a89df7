# SPDX-License-Identifier: Apache-2.0
"""Pages of reports as other programs and people without a mouse or colours meet them; ends with 1 when anything is wrong:

pages.py [--one-language] FOLDER…

Every page: valid HTML (tidy); a language, a title, one heading of the first level and none left out below; nothing that runs or comes from
elsewhere; a description in and a table after every drawing; and every colour of text in its style sheet at least 4.5 to 1 against every ground in it
(WCAG AA). With --one-language also: no words of the other language, where nobody wrote any.
"""
import html
import math
import os
import re
import subprocess
import sys

GROUNDS = {"#ffffff", "#fff", "#f3f6f9", "#fdf6e7"}
# Of texts only: the mark behind the page says again what the box above says, and is not read out.
DECORATION = {".watermark", "svg .light"}
OTHER_WORDS = {
    "en": r"\b(de|het|een|niet|van|leerlingen|jullie|voor|vorige|gemiddelde)\b",
    "nl": r"\b(the|and|not|pupils|year|class|previous|mean|shown|other)\b",
}


def luminance(colour):
    """Of #rgb or #rrggbb, as WCAG 2 counts."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours_are_wrong(text):
    """Colours of text that cannot be read on some ground of the page."""
    style = "".join(re.findall(r"<style>(.*?)</style>", text, re.S))
    variables = dict(re.findall(r"(--[a-z]+):(#[0-9a-f]+)", style))
    style = re.sub(r"var\((--[a-z]+)\)", lambda m: variables[m[1]], style)
    grounds = {g for g in re.findall(r"background:(#[0-9a-f]+)", style)}
    unknown = grounds - GROUNDS
    found = [f"a ground that is not known: {g}" for g in unknown]
    texts = 0
    for rule, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        colour = re.search(r"(?:^|;)(?:color|fill):(#[0-9a-f]+)", body)
        if not colour or rule.strip() in DECORATION:
            continue
        texts += 1
        for ground in grounds | {"#ffffff"}:
            if contrast(colour[1], ground) < 4.5:
                found.append(f"{rule.strip()}: {colour[1]} on {ground} is {contrast(colour[1], ground):.2f}")
    # Letters of drawings are measured in tenths of a pixel: a size that is meant for paragraphs would make them vanish.
    for rule, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        if "font-size" in body and any(re.search(r"(?:^|[\s,>])\.(?:soft|light|name)$", s.strip()) for s in rule.split(",")):
            found.append(f"{rule.strip()} sets the size of letters in drawings")
    return found if texts else ["no colours of text were found"]


def headings_are_wrong(text):
    """One of the first level, and no level left out on the way down."""
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    found = [] if levels.count(1) == 1 and levels[0] == 1 else [f"headings of the first level: {levels.count(1)}"]
    return found + [f"h{b} after h{a}" for a, b in zip(levels, levels[1:]) if b > a + 1]


def drawings_are_wrong(text):
    """Each says what it is, and its figures stand in a table before the next part begins."""
    found = []
    for at in re.finditer(r"<svg\b.*?</svg>", text, re.S):
        if 'role="img"' not in at[0] or "<title" not in at[0]:
            found.append("a drawing without a description")
        rest = text[at.end() :]
        end = re.search(r"<h2\b|</body>", rest)
        table = re.search(r"<table.*?</table>", rest[: end.start()], re.S)
        if not table:
            found.append("a drawing without a table")
        elif "<polyline" not in at[0]:
            found += figures_are_wrong(at[0], table[0])
        found += texts_are_cut(at[0])
    style = "".join(re.findall(r"<style>(.*?)</style>", text, re.S))
    narrow = style.split("@media screen and (max-width:40rem)")
    if "<svg" in text and not (
        len(narrow) == 2 and "svg.narrow{display:none}" in narrow[0] and "svg.wide{display:none}svg.narrow{display:block" in narrow[1]
    ):
        found.append("both forms of a drawing are seen at once")
    forms = [len(re.findall(f'<svg class="{form}"', text)) for form in ("wide", "narrow")]
    return found + ([] if forms[0] == forms[1] else [f"{forms[0]} wide and {forms[1]} narrow drawings"])


def width_of(text):
    """Tenths of a pixel, in the wide letters of DejaVu Sans at 13 pixels."""
    kinds = (("ijlI' ,.", 40), (":;|/-f", 46), ("()[]t!r", 53), ("szc?L", 71), ("vxykFPTYao", 79), ("BRXZCAVK", 91), ("UHNDGOQ", 101))
    wide = (("w", 107), ("mMW%@", 128))
    return sum(next((width for letters, width in kinds + wide if c in letters), 83) for c in text)


def texts_are_cut(drawing):
    """Texts of a drawing that reach beyond its edges."""
    width, height = (int(n) for n in re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing).groups())
    found = []
    for x, y, anchor, text in re.findall(r'<text x="(-?\d+)" y="(-?\d+)"[^>]*text-anchor="(\w+)"[^>]*>([^<]*)<', drawing):
        wide = width_of(html.unescape(text))
        left = int(x) - {"start": 0, "middle": wide // 2, "end": wide}[anchor]
        if left < -40 or left + wide > width + 40 or not 90 <= int(y) <= height - 20:
            found.append(f"a drawing of {width} cuts “{text}”")
    return found


def bare(number):
    """A number as it is written, without its sign: English sets none apart."""
    return number.removesuffix("%").rstrip(" \u00a0")


def figures_are_wrong(drawing, table):
    """Numbers that a drawing gives and its table does not; a part may bear the lower of two limits that are near. Axes are soft, labels end."""
    drawn = re.findall(r'<text [^>]*text-anchor="(?:start|middle)" class="(?:light)?">(\d+(?:[–,.]\d+)?(?:[ \u00a0]?%)?)</text>', drawing.replace("&nbsp;", "\u00a0"))
    cells = {bare(cell) for cell in re.findall(r"<td>([^<]*)</td>", html.unescape(table))}
    near = {low for low, high in (c.split("–") for c in cells if re.fullmatch(r"\d+–\d+", c)) if int(high) - int(low) <= 2}
    return [f"a drawing says {number}, its table does not" for number in drawn if bare(number) not in cells | near]


def tables_are_wrong(text):
    """Each lies in a box that scrolls on a narrow screen, can be reached with the keyboard and has a name."""
    bare = len(re.findall(r"<table", text)) - len(re.findall(r'<div class="slide" tabindex="0" role="group" aria-label="\w+"><table', text))
    return [f"{bare} tables that a narrow screen cuts off"] if bare else []


def heads_are_wrong(text):
    """Long words in narrow columns say where they may be broken; otherwise a browser breaks them anywhere."""
    heads = " ".join(re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', text))
    return [f"a head that is broken anywhere: {w}" for w in set(re.findall(r"[A-Za-zë]{13,}", heads))]


def rules_on(medium, text):
    """The style sheet's rules for one medium."""
    rules = re.search(r"@media " + medium + r"\{((?:[^{}]*\{[^{}]*\})*)", text)
    return rules[1].replace("\n", "") if rules else ""


PHONE = r"screen and \(max-width:40r?em\)"


def mark_is_cut(text):
    """The mark behind a page that does not fit between the margins of A4 or on a telephone; bold letters are an eighth wider."""
    mark = re.search(r'<p class="watermark"[^>]*>([^<]*)<', text)
    found = []
    for medium, rem, room in (("print", 12.5, 178 / 25.4 * 96), (PHONE, 16, 390)):
        size = re.search(r"\.watermark\{font-size:([\d.]+)(r?em)\}", rules_on(medium, text))
        if not mark or not size:
            found += ["a mark without a size"] if mark else []
            continue
        letters = float(size[1]) * (rem if size[2] == "rem" else 11 * 96 / 72)
        turned = math.radians(32)
        wide = math.cos(turned) * 1.125 * width_of(mark[1]) / 130 * letters + math.sin(turned) * letters
        found += [f"a mark of {wide:.0f} pixels where there are {room:.0f}"] if wide > room else []
    return found


def title_is_cut(text):
    """Words of a title that are wider than a telephone of 390 pixels, with 16 left free at each side."""
    title = re.search(r"<h1>([^<]*)</h1>", text)
    sizes = re.findall(r"(?:^|\})h1\{font-size:([\d.]+)rem", rules_on(PHONE, text)) or ["2.1"]
    wide = [w for w in html.unescape(title[1]).split() if 1.125 * width_of(w) / 130 * 16 * float(sizes[0]) > 390 - 32]
    return [f"a title that a telephone cuts at “{w}”" for w in wide]


def page_is_wrong(path, one_language):
    """What is wrong with one page."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    checked = subprocess.run(
        ["tidy", "-quiet", "-errors", "-utf8", "--show-info", "no", "--drop-empty-elements", "no", path],
        check=False,
        capture_output=True,
        text=True,
    )
    found = checked.stderr.splitlines()
    language = re.search(r'<html lang="(en|nl)"', text)
    if not language or not re.search(r"<title>[^<]+</title>", text):
        found.append("no language or no title")
    if re.search(r"<script|<iframe|<link|\son[a-z]+=|https?://|@import|url\((?!#)", text.replace("http://www.w3.org/2000/svg", "")):
        found.append("something that runs or comes from elsewhere")
    if re.search(r">0–100(\u00a0|&nbsp;| )?%<", text):
        found.append("limits that tell nothing")
    found += headings_are_wrong(text) + drawings_are_wrong(text) + colours_are_wrong(text) + tables_are_wrong(text)
    found += heads_are_wrong(text) + mark_is_cut(text) + title_is_cut(text)
    if one_language and language:
        plain = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
        plain = re.sub(r"<[^>]*>", " ", plain)
        found += [f"words of another language: {w}" for w in set(re.findall(OTHER_WORDS[language[1]], plain, re.I))]
    return [f"{path}: {line}" for line in found]


def main(arguments):
    """All pages of all folders."""
    one_language = "--one-language" in arguments
    wrong, pages = [], 0
    for folder in arguments:
        if folder.startswith("--"):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(".html"):
                pages += 1
                wrong += page_is_wrong(os.path.join(folder, name), one_language)
    for line in wrong[:30]:
        print(line)
    print(f"{pages} pages looked through, {len(wrong)} things wrong")
    return 1 if wrong or not pages else 0


sys.exit(main(sys.argv[1:]))
