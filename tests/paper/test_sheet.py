from __future__ import annotations

import pytest

from incident_hub.kernel.errors import Conflict
from incident_hub.paper import sheet
from tests.paper.sheets import FIRST_REPORT, bare


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"lang": "zh"}, "a sheet needs agency, at, title"),
        (bare(author="Ana"), "a sheet has no author"),
        (bare(sections=[{"heading": "一"}]), "one of fields, text, table, items"),
        (bare(sections=[{"text": "x", "items": []}]), "one of fields, text, table, items"),
        (bare(sections=[{"fields": [["a", "b", "c"]]}]), "a row here has 2 cells, not 3"),
        (bare(sections=[{"table": {"columns": ["a"], "rows": ["x"]}}]), "a row here has 1 cells"),
        (bare(sections=[{"table": {"columns": [], "rows": []}}]), "a table needs a column"),
        (
            bare(sections=[{"table": {"columns": ["a"], "rows": [], "foot": []}}]),
            "a table is columns, rows and a total",
        ),
        (bare(sections=[{"table": {"columns": [{"title": "a", "align": "up"}], "rows": []}}]), "not up"),
        (bare(at="2026-11-26T03:40:00"), "an instant needs an offset"),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(given, said):
    with pytest.raises(ValueError, match=said):
        sheet.laid(given)


@pytest.mark.parametrize("body", [{"text": "火" * (sheet.MOST_WORDS + 1)}, {"items": ["x"] * (sheet.MOST_CELLS + 1)}])
def test_what_is_too_much_for_paper_is_refused_in_words(body):
    with pytest.raises(Conflict, match="take the spreadsheet"):
        sheet.laid(bare(sections=[body]))


def test_what_is_not_known_is_a_dash_and_zero_is_zero():
    (section,) = sheet.laid(bare(sections=[{"fields": [["死亡", 0], ["失联", None], ["来源", ""]]}]))["sections"]
    assert section["fields"] == [["死亡", "0"], ["失联", "—"], ["来源", "—"]]


def test_an_empty_table_and_an_empty_list_say_so():
    table, items = sheet.laid(bare(sections=[{"table": {"columns": ["a", "b"], "rows": []}}, {"items": []}]))[
        "sections"
    ]
    assert table["rows"] == [["（无）", "—"]]
    assert items["items"] == ["（无）"]


def test_the_code_is_of_the_content_unless_the_record_gives_one():
    first, changed = sheet.laid(FIRST_REPORT), sheet.laid({**FIRST_REPORT, "cut_off": "03:36"})
    assert len(first["code"]) == 16
    assert first["code"] != changed["code"]
    assert sheet.laid({**FIRST_REPORT, "sha256": "ab" * 32})["code"] == "ab" * 8


def test_what_cannot_be_seen_is_taken_out_and_line_ends_stay():
    assert sheet.inert("a\x00\x1b\u202eb\u200f\r\nc\ud800\ufeff") == "ab\nc�"
