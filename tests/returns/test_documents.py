"""Sheets as files: XLSX brought in, and the form that is given out."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from incident_hub.plan import reader
from incident_hub.plan.words import Words
from incident_hub.returns.sheets import documents, heading, reading, rows
from incident_hub.returns.sheets.reading import Known
from incident_hub.returns.sheets.refusing import Unreadable
from incident_hub.returns.sheets.rows import Row

from .sheets import ASKED, CATEGORIES, DAY, UNITS, told

HEADING = ["单元", "日期", "收寄", "当面验视", "查获禁寄物品（甲类）"]
AT = datetime(2026, 11, 26, 6, tzinfo=UTC)


def book(*lines):
    made, kept = Workbook(), BytesIO()
    for line in (HEADING, *lines):
        made.active.append(line)
    made.save(kept)
    return kept.getvalue()


def read(raw):
    return reading.read(documents.from_xlsx(raw), ASKED)


def test_numbers_dates_and_texts_are_read_as_they_are_seen():
    read_ = read(book(["U0001", DAY, 400, 400.0, "0"], ["第2营业部", datetime.combine(DAY, time()), "４", 4, 0]))
    assert [list(line.counts.values()) for line in read_.lines] == [[400, 400, 0], [4, 4, 0]]
    assert {line.day for line in read_.lines} == {DAY}


def test_a_formula_an_error_and_a_yes_are_refused_by_their_text():
    read_ = read(book(["U0001", "今天", "=SUM(C2:C9)", "#REF!", True]))
    assert [said for *_, said in told(read_)] == [
        "Accepted is the formula =SUM(C2:C9); paste the value instead.",
        "Inspected in presence says #REF!; write a whole number.",
        "Prohibited articles, class A says True; write a whole number.",
    ]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them():
    read_ = read(book([], [], ["U0001", "今天", "", 1, 0]))
    assert [fault.row for fault in read_.faults] == [4]


def test_what_is_no_spreadsheet_or_a_bomb_is_refused():
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (65 << 20))
    for raw, part in (
        (b"", "XLSX"), (b"PK\x03\x04", "XLSX"), (bomb.getvalue(), "16 MiB"), (b"0" * ((4 << 20) + 1), "4 MiB"),
        (_with("xl/vbaProject.bin", b"x"), "without macros"), (_with("xl/workbook.xml", b"<"), "XLSX"),
        (_with("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "XLSX"),
    ):  # fmt: skip
        with pytest.raises(Unreadable, match=part):
            documents.from_xlsx(raw)


def test_a_sheet_of_nothing_but_blank_rows_ends_somewhere():
    made, kept = Workbook(), BytesIO()
    made.active["A1048576"] = "x"
    made.save(kept)
    with pytest.raises(Unreadable, match="5000 rows"):
        documents.from_xlsx(kept.getvalue())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_names_the_units_holds_no_number_and_is_known_again(lang):
    form = documents.Form((*UNITS, Known("U0009", Words("=1+1", "=1+1"))), DAY, CATEGORIES, lang)
    raw = documents.form_xlsx(form, "零报告", AT)
    cells = list(load_workbook(BytesIO(raw)).active.iter_rows(min_row=2))
    assert [row[0].value for row in cells] == [*(one.code for one in UNITS), "U0009"]
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n"}
    assert not any(cell.value for row in cells for cell in row[3:])
    asked = ASKED.__class__(CATEGORIES, form.units, ASKED.like, ASKED.zone, ASKED.today)
    for kept in (documents.from_xlsx(raw), rows.from_text(rows.decoded(documents.form_csv(form)))):
        read_ = reading.read(kept, asked)
        assert (read_.lines, read_.ignored) == ((), ())
        assert {code for _, code, _ in told(read_)} == {"nothing"}
    assert ",=" not in documents.form_csv(form).decode()


def _with(name, raw):
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(book())) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, raw)
    return kept.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_of_the_expo_is_known_again(lang):
    plan, _ = reader.read((Path(__file__).parents[2] / "config" / "plans" / "expo.toml").read_text(encoding="utf-8"))
    form = documents.Form(UNITS, DAY, plan.zero_report.categories, lang)
    found = heading.found([Row(1, tuple(form.columns()))], form.categories)
    assert list(found.counts) == [one.code for one in form.categories]
    assert found.ignored == ()
