# SPDX-License-Identifier: Apache-2.0
"""Reads a report's figures back from CSV, JSON and XLSX, and ends with 1 unless they are the same: read_back.py FOLDER"""
import csv
import json
import os
import sys
import zipfile

import openpyxl

TABLES = {
    "figures": (
        {"low", "high", "n", "unit", "percent_low", "percent_high", "everybody_low", "everybody_high"},
        {"published", "banded", "hidden", "head_count_wrong"},
    ),
    "changes": (
        {"before", "now", "change", "low", "high", "effect", "least", "p_adjusted"},
        {"compared", "too_few_classes", "new", "changed", "hidden", "wrong_order", "other_season"},
    ),
}


def value(text, is_number):
    """A CSV cell as the other two have it."""
    if text == "":
        return None
    if is_number:
        return float(text)
    return text[1:] if text[0] == "'" and text[1:2] in tuple("=+-@\t\r") else text


def read(folder, stem, table):
    """The rows of a table as CSV, and what is wrong with its other two forms."""
    numbers = TABLES[table][0]
    wrong = []
    with open(f"{folder}/{stem}.csv", newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    header = lines[0]
    expected = [[value(t, c in numbers) for c, t in zip(header, row)] for row in lines[1:]]
    with open(f"{folder}/{stem}.json", encoding="utf-8") as file:
        figures = json.load(file)[table]
    if [list(f) for f in figures[:1]] != [header] or [list(f.values()) for f in figures] != expected:
        wrong.append(f"{stem}.json is not the table")
    with zipfile.ZipFile(f"{folder}/{stem}.xlsx") as book:
        if book.testzip():
            wrong.append(f"{stem}.xlsx is damaged")
    sheets = openpyxl.load_workbook(f"{folder}/{stem}.xlsx").worksheets
    cells = [list(row) for row in sheets[0].iter_rows(values_only=True)]
    if cells != [header] + expected:
        at = next(i for i, (a, b) in enumerate(zip(cells, [header] + expected)) if a != b)
        wrong.append(f"{stem}.xlsx is not the table: {cells[at]} is not {([header] + expected)[at]}")
    for row in sheets[0].iter_rows(min_row=2):
        for name, cell in zip(header, row):
            if cell.value is not None and (cell.data_type == "n") != (name in numbers):
                wrong.append(f"{stem}.xlsx {cell.coordinate}: {cell.value!r} is of type {cell.data_type}")
    with open(f"{folder}/dictionary.csv", newline="", encoding="utf-8") as file:
        meanings = [m for m in csv.reader(file) if m[0] == table]
    if [m[1] for m in meanings] != header or any(not m[2] for m in meanings):
        wrong.append(f"dictionary.csv does not explain every column of {stem}")
    if [list(row) for row in sheets[1].iter_rows(values_only=True)] != [m[1:] for m in meanings]:
        wrong.append(f"the second sheet of {stem}.xlsx does not explain every column")
    rows = [dict(zip(header, row)) for row in expected]
    wrong += [f"{stem}: no such status: {row}" for row in rows if row["status"] not in TABLES[table][1]]
    return rows, wrong


def figure_is_wrong(cell):
    """Why a row of figures cannot be, or None."""
    told = cell["low"] is not None and cell["high"] is not None
    if told != (cell["status"] in ("published", "banded")):
        return "status does not go with the numbers"
    if told and (cell["low"] == cell["high"]) != (cell["status"] == "published"):
        return "status does not go with the limits"
    if (cell["everybody_low"] is None) != (cell["everybody_high"] is None):
        return "half of what the absent could change"
    if cell["everybody_low"] is not None:
        told = "low" if cell["figure"] == "mean" else "percent_low"
        room = 0.06 if cell["figure"] == "mean" else 1
        if not cell["everybody_low"] - room <= cell[told] or not cell[told] <= cell["everybody_high"] + room:
            return "what is told lies outside what everybody could have said"
    return None


def change_is_wrong(cell):
    """Why a row of changes cannot be, or None."""
    compared = cell["status"] in ("compared", "too_few_classes")
    if compared != (cell["change"] is not None) or compared != (cell["verdict"] is not None):
        return "status does not go with the numbers"
    if (cell["status"] == "compared") != (cell["p_adjusted"] is not None):
        return "status does not go with the chance"
    if (cell["effect"] is None) != (cell["effect_measure"] is None):
        return "an effect without its measure"
    if compared and abs(cell["now"] - cell["before"] - cell["change"]) > 0.11:
        return "the change is not the difference"
    if cell["status"] == "compared" and not cell["low"] <= cell["change"] <= cell["high"]:
        return "the change lies outside its interval"
    return None


def main(folder):
    """All tables of a report; 1 when any is not equal in its three forms, or holds what cannot be."""
    wrong, said = [], []
    for path in sorted(os.listdir(folder)):
        stem, ending = os.path.splitext(path)
        if ending != ".csv" or stem == "dictionary":
            continue
        table = stem.split("-", maxsplit=1)[0]
        rows, found = read(folder, stem, table)
        check = figure_is_wrong if table == "figures" else change_is_wrong
        wrong += found + [f"{stem}: {check(row)}: {row}" for row in rows if check(row)]
        said.append(f"{stem}: {len(rows)} rows in three formats")
    for line in wrong[:20]:
        print(line)
    print("; ".join(said) + (", not equal" if wrong else ", equal"))
    return 1 if wrong or not said else 0


sys.exit(main(sys.argv[1]))
