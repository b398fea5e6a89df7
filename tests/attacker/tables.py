#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tables.py RELEASE FILE...: does any format of a report tell more than the release that it was made from?

The attacker's other eyes: reads the release (docs/format.md, "Release") and the tables of figures (.csv, .json, .xlsx) with parsers of its own, and lays them side by side, figure by figure.
Exit status: 0 they tell the same, 1 a line for each figure that a file tells more of (or otherwise), 2 something cannot be read.
"""
import csv
import json
import struct
import sys

LEVELS = ["class", "year", "school", "breakdown"]
ABOUTS = ["participation", "item", "scale"]
STATUSES = ["published", "banded", "hidden"]
ANSWERS = range(3, 7)  # kinds: option, group, chosen, any
SELECT_ONE = range(3, 5)
CODES = range(7, 12)  # don't know, rather not say, no answer, not asked, missing


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise ValueError("the release ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "little")

    def text(self):
        return self.take(self.number(2))


def read_release(path):
    """The classes' response and the figures, in the order in which they stand."""
    with open(path, "rb") as file:
        read = Reader(file.read())
    if read.take(8) != b"KLBrele\n" or read.number(2) != 2:
        raise ValueError("no release")
    read.take(6)
    read.text()
    read.take(8 * 32)
    read.text()
    read.text()
    read.take(12)
    batches, strata, classes, items, scales = (read.number(2) for _ in range(5))
    excluded, count = read.number(4), read.number(4)
    for _ in range(batches):
        read.take(32 + 2 + 1 + 4)
        read.take(2 * read.number(2))
    read.take(strata * 7)
    response = [struct.unpack("<HIIIII", read.take(22))[1:3] for _ in range(classes)]
    for _ in range(items):
        read.text()
        read.take(35)
    for _ in range(scales):
        read.text()
        read.take(38)
    read.take(16 * excluded)
    names = ("level", "unit", "about", "subject", "kind", "index", "status", "decimals", "low", "high", "n")
    figures = [dict(zip(names, struct.unpack("<BHBHBHBBIII", read.take(23)))) for _ in range(count)]
    read.take(64)
    if read.at != len(read.data):
        raise ValueError("more bytes than a release has")
    return response, figures


def read_rows(path):
    """One dictionary a row, everything as text; an empty cell is an empty text."""
    if path.endswith(".csv"):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    elif path.endswith(".json"):
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)["figures"]
    elif path.endswith(".xlsx"):
        import openpyxl

        lines = list(openpyxl.load_workbook(path).worksheets[0].values)
        rows = [dict(zip(lines[0], line)) for line in lines[1:]]
    else:
        raise ValueError("no table of a kind that is known here")
    return [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]


def in_units(text, decimals):
    return round(float(text) * 10**decimals) if text else None


def answered(row):
    """Between what the answers of every row that a figure stands in lie: [least, most] of who answered, and of each other answer."""
    n = row[0]["n"] or max((figure["n"] for figure in row), default=0)
    least = most = n
    for figure in row:
        if figure["kind"] in CODES:
            hidden = figure["status"] == 2
            least -= n if hidden else figure["high"]
            most -= 0 if hidden else figure["low"]
    return max(0, least), most, n


def check_percent(figure, row, line):
    """A percentage may say no more than the counts that are told: what they leave possible lies in it, but for rounding."""
    low, high = line["percent_low"], line["percent_high"]
    if not low and not high:
        return None
    if figure["status"] == 2:
        return "a percentage of what is hidden"
    least, most, n = answered(row)
    if figure["kind"] in SELECT_ONE:
        others = [other for other in row if other["kind"] in ANSWERS and other is not figure]
        most = min(most, figure["low"] + sum(n if other["status"] == 2 else other["high"] for other in others))
        least = max(least, figure["high"] + sum(0 if other["status"] == 2 else other["low"] for other in others))
    top = min(100.0, 100.0 * figure["high"] / least) if least else 100.0
    bottom = 100.0 * figure["low"] / most if most else 0.0
    if float(low) > bottom + 0.5001 or float(high) < top - 0.5001:
        return f"{low}..{high} percent, where the counts leave {bottom:.2f}..{top:.2f}"
    return None


def compare(figure, row, line):
    if line["level"] != LEVELS[figure["level"]] or line["about"] != ABOUTS[figure["about"]]:
        return "it stands where another figure should"
    if line["unit"] != str(figure["unit"]) and figure["level"] != 3:
        return "it is of another unit"
    if line["status"] != STATUSES[figure["status"]]:
        return f"it is {line['status']} and should be {STATUSES[figure['status']]}"
    told = (in_units(line["low"], figure["decimals"]), in_units(line["high"], figure["decimals"]))
    if told != ((None, None) if figure["status"] == 2 else (figure["low"], figure["high"])):
        return f"{told[0]}..{told[1]}, where the release says {figure['low']}..{figure['high']}"
    if line["n"] and figure["n"] and int(line["n"]) != figure["n"]:
        return f"n is {line['n']} and should be {figure['n']}"
    if line["n"] and not figure["n"]:
        return f"n is {line['n']}, which the release does not tell"
    return check_percent(figure, row, line)


def row_of(figures):
    """All figures of one subject in one unit, by figure."""
    rows = {}
    for figure in figures:
        rows.setdefault((figure["level"], figure["unit"], figure["about"], figure["subject"]), []).append(figure)
    return lambda figure: rows[(figure["level"], figure["unit"], figure["about"], figure["subject"])]


def check_response(response, lines):
    asked = [int(line["low"]) for line in lines if line["figure"] == "asked" and line["level"] == "class"]
    came = [int(line["low"]) for line in lines if line["figure"] == "came_in" and line["level"] == "class"]
    return list(zip(asked, came)) == response


def attack(path, response, figures):
    found = 0
    rows = read_rows(path)
    lines = [line for line in rows if line["about"] != "response"]
    if not check_response(response, [line for line in rows if line["about"] == "response"]):
        print(f"found: {path}: response by class is not what the release says")
        found += 1
    if len(lines) != len(figures):
        print(f"found: {path} has {len(lines)} figures, the release {len(figures)}")
        return found + 1
    row = row_of(figures)
    for number, (figure, line) in enumerate(zip(figures, lines)):
        complaint = compare(figure, row(figure), line)
        if complaint:
            print(f"found: {path}, figure {number} ({line['level']} {line['unit']}, {line['subject']}, {line['figure']}): {complaint}")
            found += 1
    return found


def main(arguments):
    try:
        response, figures = read_release(arguments[1])
        found = sum(attack(path, response, figures) for path in arguments[2:])
    except (OSError, ValueError, KeyError, IndexError) as error:
        print(f"tables: {error}", file=sys.stderr)
        return 2
    print(f"tables: {len(figures)} figures in each of {len(arguments) - 2} files, {found} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
