from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from incident_hub.plan.frame import Category, Equal
from incident_hub.plan.words import Words
from incident_hub.returns import cells, days, judgement
from incident_hub.returns.line import Line, Unknown

DUE = datetime(2026, 11, 26, 8, tzinfo=UTC)
CATEGORIES = [Category(code, Words("", ""), Words("", "")) for code in ("accepted", "inspected", "prohibited-a")]
GOOD = {"accepted": 400, "inspected": 400, "prohibited-a": 0}
EQUAL = [Equal("inspected", "accepted")]


def line(counts=None, **told):
    return Line("U0001", date(2026, 11, 26), GOOD if counts is None else counts, stated_by="duty_officer", **told)


def refused(one, at=DUE - timedelta(minutes=1)):
    return [each.words.en for each in judgement.refusals(one, CATEGORIES, at, DUE)]


def test_a_nought_is_a_number():
    assert refused(line()) == []
    assert refused(line(dict.fromkeys(GOOD, 0))) == []


@pytest.mark.parametrize("n", [None, -1, 1.0, 1.5, True, "0", 10**9 + 1])
def test_what_is_no_whole_number_is_refused_by_its_category(n):
    assert [fault.split()[0] for fault in refused(line(GOOD | {"inspected": n}))] == ["inspected"]


def test_unknown_wants_a_reason_and_is_not_a_number_as_well():
    rest = {"accepted": 400, "inspected": 400}
    later = DUE + timedelta(hours=2)
    assert refused(line(rest, unknown={"prohibited-a": Unknown("belt 3 not counted", later)})) == []
    assert "without a reason" in refused(line(rest, unknown={"prohibited-a": Unknown(" ", later)}))[0]
    assert "keep one" in refused(line(unknown={"prohibited-a": Unknown("belt 3 not counted", later)}))[0]


@pytest.mark.parametrize(("hours", "taken"), [(-1, False), (0, True), (1, True), (168, True), (169, False)])
def test_a_number_is_expected_after_it_is_said_and_within_a_week(hours, taken):
    told = {"prohibited-a": Unknown("belt 3 not counted", DUE + timedelta(hours=hours))}
    assert (refused(line({"accepted": 400, "inspected": 400}, unknown=told)) == []) is taken


def test_a_category_the_plan_does_not_have_is_named():
    assert refused(line(GOOD | {"drones": 0})) == [
        "The plan has no category drones; it has accepted, inspected, prohibited-a."
    ]


def test_what_was_stated_in_time_and_typed_late_needs_no_reason():
    after = DUE + timedelta(minutes=5)
    assert "late_reason" in refused(line(), after)[0]
    assert refused(line(stated_at=DUE - timedelta(minutes=1), channel="phone", origin="told"), after) == []
    assert refused(line(late_reason="power cut"), after) == []
    assert refused(line(stated_at=after))[0].startswith("stated_at lies in the future")


def test_a_gap_asks_until_somebody_says_how_it_was_checked():
    uneven = GOOD | {"inspected": 390}
    assert judgement.gaps(line(uneven), EQUAL) == ["gap:inspected=accepted"]
    assert judgement.gaps(line(uneven, checked_how="ten were returned unopened"), EQUAL) == []
    assert judgement.gaps(line(), EQUAL) == []


def test_days_without_a_quiet_return_are_no_copies_of_each_other():
    assert not judgement.copied([None] * 40)
    assert not judgement.copied([GOOD] * 29 + [None])
    assert judgement.copied([GOOD] * 30 + [None])


def test_thirty_identical_days_are_copied_and_twenty_nine_are_not():
    assert judgement.copied([GOOD] * 30)
    assert not judgement.copied([GOOD] * 29)
    assert not judgement.copied([*[GOOD] * 29, GOOD | {"accepted": 401}])


@pytest.mark.parametrize(
    ("state", "told", "word"),
    [
        ("missing", (False, None, False), "missing"),
        ("received", (True, True, False), "late"),
        ("received", (True, True, True), "incomplete"),
        ("received", (False, True, False), "zero"),
        ("received", (False, False, False), "nonzero"),
        ("exempt", (False, None, False), "exempt"),
    ],
)
def test_one_word_for_a_day(state, told, word):
    late, nothing, incomplete = told
    assert cells.cell(state, late=late, nothing=nothing, incomplete=incomplete) == word


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Shanghai", date(2026, 3, 29), 24),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/Santiago", date(2026, 4, 5), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Asia/Kathmandu", date(2026, 10, 25), 24),
    ],
)
def test_a_window_is_as_long_as_its_day_and_the_next_begins_where_it_ends(zone, day, hours):
    since, until = days.window(day, time(16), zone)
    assert (until - since) / timedelta(hours=1) == hours
    assert days.window(day + timedelta(days=1), time(16), zone)[0] == until
    assert days.local_date(until, zone) == day
