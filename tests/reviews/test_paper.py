"""The review on paper and as a spreadsheet: read back with the programs of those who will open it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from incident_hub.reviews import documents
from incident_hub.reviews.documents._sheet import CELLS
from tests.paper.sheets import read
from tests.reviews.written import HOSTILE, review

FORMS = ["docx", "pdf", "xlsx"]


def made(name: str, lang: str = "en", told: dict[str, Any] | None = None, **operation: Any) -> bytes:
    return documents.REGISTERED[name].render(told or review(**operation), lang)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_people_typed_is_read_back_as_they_typed_it(name, lang):
    words = read(name, made(name, lang))
    assert "".join(HOSTILE.split()) in words


@pytest.mark.parametrize("name", FORMS)
def test_times_stand_on_the_wall_clock_and_the_figures_are_there(name):
    words = read(name, made(name, "zh"))
    assert "2026-09-0203:10:00" in words
    assert "按时" in words
    if name != "xlsx":
        assert "北京时间" in words
        assert "总结评估报告" in words
        assert "ab" * 32 in words


@pytest.mark.parametrize("name", FORMS)
def test_an_exercise_says_so_and_the_real_thing_does_not(name):
    assert "EXERCISE" in read(name, made(name, exercise=True))
    assert "EXERCISE" not in read(name, made(name))


@pytest.mark.parametrize("name", FORMS)
def test_the_same_review_is_the_same_file(name):
    assert made(name) == made(name)


def test_what_looks_like_a_formula_stays_text_in_the_spreadsheet():
    told = review()
    told["incidents"][0]["title"] = '=HYPERLINK("http://x.example","x")'
    told["incidents"][0]["type_title"] = "https://x.example"
    file = made("xlsx", told=told)
    words = read("xlsx", file)
    assert '=HYPERLINK("http://x.example","x")' in words
    assert not any(cell.hyperlink for page in openpyxl.load_workbook(BytesIO(file)) for row in page for cell in row)


def test_paper_tells_so_many_incidents_whole_and_says_so():
    told = review()
    one = told["incidents"][0]
    line = one["timeline"][0] | {"text": "watch"}
    many = [one | {"ref": f"R{place:05}", "timeline": [line] * (CELLS // 40)} for place in range(20)]
    told["incidents"] = many
    words = read("pdf", made("pdf", told=told))
    assert "Of20incidentsthenewest9aregiveninfull" in words
    assert "R00019" in words


def test_the_strictest_mark_of_what_is_inside_goes_on_every_page():
    told = review()
    told["incidents"] = [told["incidents"][0] | {"tlp": mark} for mark in ("GREEN", "AMBER+STRICT", "AMBER")]
    assert "TLP:AMBER+STRICT" in read("pdf", made("pdf", told=told))
