"""Sheets through the doors: a paste, a CSV file, a spreadsheet; four hundred outlets in one go."""

from __future__ import annotations

from io import BytesIO
from time import perf_counter
from typing import Any

from openpyxl import Workbook
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.night import Hub

from .expo import CODES, DOOR, QUIET, begin, day, unit

HEADING = "\t".join(["unit code", "date", *CODES])
NUMBERS = "\t".join(str(QUIET[code]) for code in CODES)


def paste(hub: Hub, text: str, **more: Any) -> Any:
    return hub.as_("dan").post(f"{DOOR}/batch", {"text": text, **more})


def send(hub: Hub, name: str, raw: bytes, **words: str) -> Any:
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(raw), name), **words})
    media = f"multipart/form-data; boundary={boundary}"
    return hub.as_("dan").call("POST", f"{DOOR}/sheet", data=body, content_type=media)


def test_four_hundred_outlets_by_paste_go_in_at_once_and_again_change_nothing(expo: Hub) -> None:
    begin(expo, [unit(f"A{n:03}") for n in range(400)])
    text = "\n".join([HEADING, *(f"A{n:03}\t今天\t{NUMBERS}" for n in range(400))])
    began = perf_counter()
    told = paste(expo, text).json
    took = perf_counter() - began
    assert (told["filed"], told["refused"]) == (400, 0)
    assert took < 5, f"400 outlets took {took:.2f} s"
    again = paste(expo, text).json
    assert (again["filed"], again["same"]) == (0, 400)
    assert set(day(expo, "dan").values()) == {"zero"}


def test_rows_are_refused_with_their_number_in_both_languages(expo: Hub) -> None:
    begin(expo)
    text = f"{HEADING}\nA1\t今天\t{NUMBERS}\nA2\t今天\t{NUMBERS.replace('400', '无', 1)}\nB1\t今天\t{NUMBERS}"
    told = paste(expo, text).json
    assert (told["filed"], told["refused"]) == (1, 2)
    assert [(one["row"], one["words"]["zh"]) for one in told["refusals"]] == [
        (3, "“收寄”写的是“无”；没有就写0。"),
        (4, "“B1”不是本席今日应报的单元。"),
    ]


def test_a_dry_run_of_a_paste_keeps_nothing(expo: Hub) -> None:
    begin(expo)
    told = paste(expo, f"{HEADING}\nA1\t今天\t{NUMBERS}", dry_run=True).json
    assert (told["filed"], told["dry_run"], day(expo, "dan")["A1"]) == (1, True, "due")


def test_a_sheet_that_cannot_be_read_says_why_in_both_languages(expo: Hub) -> None:
    begin(expo)
    told = paste(expo, "x\ty\n1\t2")
    assert told.status_code == 422
    assert "no heading" in told.json["detail"]
    assert told.json["words"]["zh"].startswith("前10行里没有表头")


def test_csv_in_gb18030_and_a_spreadsheet_come_in_as_files(expo: Hub) -> None:
    begin(expo)
    csv = f"单元代码,日期,{','.join(CODES)}\r\nA1,2026年9月17日,{NUMBERS.replace(chr(9), ',')}\r\n"
    assert send(expo, "a.csv", csv.encode("gb18030"), stated_by="值班员").json["filed"] == 1
    book, kept = Workbook(), BytesIO()
    book.active.append(["unit code", "date", *CODES])
    book.active.append(["A2", "今天", *(QUIET[code] for code in CODES)])
    book.active.append(["A3", "今天", "=1+1", *(QUIET[code] for code in CODES[1:])])
    book.save(kept)
    told = send(expo, "a.xlsx", kept.getvalue(), dry_run="false").json
    assert (told["filed"], told["refusals"][0]["row"]) == (1, 3)
    assert day(expo, "dan") == {"A1": "zero", "A2": "zero", "A3": "due"}


def test_a_file_that_is_no_sheet_is_refused(expo: Hub) -> None:
    begin(expo)
    assert send(expo, "a.xlsx", b"PK\x03\x04 nothing").status_code == 422
    assert paste(expo, "").status_code == 422
