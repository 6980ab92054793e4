from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_hub.kernel.cells import said, still


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\ufeff=1", "\u200b\u200b=1",
        "\u3000＝1", "＝1", "－1", "＋1", "＠A1", "|cmd", "%0a=1", "'=1", "\xad=1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_compute_is_kept_from_it(formula: str) -> None:
    assert still(formula) == f"'{formula}"


@pytest.mark.parametrize("words", ["", "a", "3", "一", "a=b", "1-2", "a@b.example", " a", "2026-09-01", "CAR-1/x"])
def test_what_it_would_not_is_left_as_it_is(words: str) -> None:
    assert still(words) == words
    assert said(words) == words


@given(st.text(alphabet="'=+-@ \tab1\u200b＝"))
def test_every_text_is_read_back_as_it_was(words: str) -> None:
    assert said(still(words)) == words


def test_what_people_write_with_an_apostrophe_stays() -> None:
    assert said("'tis") == "'tis"
