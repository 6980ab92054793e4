"""How people write numbers, dates and instants."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_hub.returns.sheets import written

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("cell", "n"),
    [
        ("0", 0), ("400", 400), ("４００", 400), ("1,234", 1234), ("1，234", 1234), ("1 234 567", 1234567),
        ("1'234", 1234), ("400件", 400), ("400 items", 400), ("12.0", 12), ("零", 0), ("〇", 0), ("-5", -5), ("007", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written(cell, n):
    assert written.number(cell, ("件", "items")) == n


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,23", "not-a-number"), ("1,2345", "not-a-number"), ("1,234 567", "not-a-number"), ("12.5", "not-a-number"),
        ("1.000", "not-a-number"), ("10²", "not-a-number"), ("①", "not-a-number"), ("3+4", "not-a-number"),
        ("1e3", "not-a-number"), ("٣", "not-a-number"), ("十二", "not-a-number"), ("#REF!", "not-a-number"),
        ("无", "none-in-words"), ("-", "none-in-words"), ("／", "none-in-words"), ("N/A", "none-in-words"),
    ],
)  # fmt: skip
def test_what_may_mean_anything_is_no_number(cell, code):
    with pytest.raises(written.Unwritten, match=code):
        written.number(cell)


@given(st.text(max_size=12))
def test_no_text_becomes_a_number_that_is_not_written_in_it(cell):
    try:
        n = written.number(cell)
    except written.Unwritten:
        return
    digits = "".join(one for one in written.plain(cell).partition(".")[0] if one in "0123456789")
    assert int(digits or "0") == abs(n)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("?", ""), ("？", ""), ("不详", ""), ("Unknown", ""), ("不详（皮带秤故障）", "皮带秤故障"),
        ("unknown: belt 3", "belt 3"), ("? belt 3", "belt 3"), ("?5", None), ("5", None), ("", None),
    ],
)  # fmt: skip
def test_unknown_is_a_word_and_may_say_why(cell, why):
    assert written.unknown(cell) == why


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-26", "2026/11/26", "2026.11.26", "2026年11月26日", "２０２６－１１－２６",
        "20261126", "11月26日", "26/11/2026",
        "11/26/2026", "26 Nov 2026", "Nov 26, 2026", "2026-11-26 00:00:00", "今天",
        "today",
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written(cell):
    assert written.day(cell, TODAY) == TODAY


def test_a_date_without_a_year_is_the_nearest():
    assert written.day("12月31日", date(2027, 1, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("11/12/2026", "two-dates"), ("46352", "not-a-date"), ("2026-02-30", "not-a-date"), ("13月1日", "not-a-date"),
        ("13/13/2026", "not-a-date"), ("tomorrow", "not-a-date"), ("26 Foo 2026", "not-a-date"),
    ],
)  # fmt: skip
def test_what_may_be_two_dates_is_none(cell, code):
    with pytest.raises(written.Unwritten, match=code):
        written.day(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("18:00", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("18时30分", datetime(2026, 11, 26, 10, 30, tzinfo=UTC)),
        ("2026-11-27 08:00", datetime(2026, 11, 27, 0, tzinfo=UTC)),
        ("11月27日8点", datetime(2026, 11, 27, 0, tzinfo=UTC)),
        ("2026-11-26T18:00+08:00", datetime(2026, 11, 26, 10, tzinfo=UTC)),
    ],
)
def test_an_instant_is_a_wall_time_of_the_operation(cell, at):
    assert written.instant(cell, TODAY, "Asia/Shanghai") == at


@pytest.mark.parametrize("cell", ["soon", "25:00", "2026-11-27", "2026-02-30 08:00"])
def test_what_is_no_instant_is_refused(cell):
    with pytest.raises(written.Unwritten, match="not-an-instant"):
        written.instant(cell, TODAY, "Asia/Shanghai")
