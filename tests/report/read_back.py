# SPDX-License-Identifier: Apache-2.0
"""Reads a report's figures back from CSV, JSON and XLSX, and ends with 1 unless they are the same: read_back.py FOLDER"""
import csv
import json
import sys
import zipfile

import openpyxl

NUMBERS = {"low", "high", "n", "unit", "percent_low", "percent_high"}
STATUSES = {"published", "banded", "hidden", "head_count_wrong"}


def value(column, text):
    """A CSV cell as the other two have it."""
    if text == "":
        return None
    if column in NUMBERS:
        return float(text)
    return text[1:] if text[0] == "'" and text[1:2] in tuple("=+-@\t\r") else text


def main(folder):
    with open(f"{folder}/figures.csv", newline="", encoding="utf-8") as file:
        table = list(csv.reader(file))
    header, rows = table[0], table[1:]
    expected = [[value(c, t) for c, t in zip(header, row)] for row in rows]
    wrong = []
    with open(f"{folder}/figures.json", encoding="utf-8") as file:
        figures = json.load(file)["figures"]
    if [list(f) for f in figures[:1]] != [header] or [list(f.values()) for f in figures] != expected:
        wrong.append("figures.json is not the table")
    with zipfile.ZipFile(f"{folder}/figures.xlsx") as book:
        if book.testzip():
            wrong.append("figures.xlsx is damaged")
    sheets = openpyxl.load_workbook(f"{folder}/figures.xlsx").worksheets
    cells = [list(row) for row in sheets[0].iter_rows(values_only=True)]
    if cells != [header] + expected:
        at = next(i for i, (a, b) in enumerate(zip(cells, [header] + expected)) if a != b)
        wrong.append(f"figures.xlsx is not the table: {cells[at]} is not {([header] + expected)[at]}")
    for row in sheets[0].iter_rows(min_row=2):
        for name, cell in zip(header, row):
            if cell.value is not None and (cell.data_type == "n") != (name in NUMBERS):
                wrong.append(f"figures.xlsx {cell.coordinate}: {cell.value!r} is of type {cell.data_type}")
    with open(f"{folder}/dictionary.csv", newline="", encoding="utf-8") as file:
        meanings = list(csv.reader(file))
    if [m[0] for m in meanings[1:]] != header or any(not m[1] for m in meanings):
        wrong.append("dictionary.csv does not explain every column")
    if [row[0] for row in sheets[1].iter_rows(values_only=True)] != header:
        wrong.append("the second sheet does not explain every column")
    for row in expected:
        cell = dict(zip(header, row))
        told = cell["low"] is not None and cell["high"] is not None
        if cell["status"] not in STATUSES or told != (cell["status"] in ("published", "banded")):
            wrong.append(f"status does not go with the numbers: {cell}")
        elif told and (cell["low"] == cell["high"]) != (cell["status"] == "published"):
            wrong.append(f"status does not go with the limits: {cell}")
    for line in wrong[:20]:
        print(line)
    print(f"{len(rows)} rows in three formats" + (", not equal" if wrong else ", equal"))
    return 1 if wrong else 0


sys.exit(main(sys.argv[1]))
