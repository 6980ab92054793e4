from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.plan.frame import Category
from incident_hub.plan.words import Words
from incident_hub.returns.contradicting import Day, Fact, Place, at_unit, contradicted, suggested

DUE = datetime(2026, 11, 26, 8, tzinfo=UTC)
SINCE = DUE - timedelta(days=1)
DAY = Day(SINCE, DUE, DUE)
HOUR = timedelta(hours=1)
OUTLET, WHOLE, OTHER = Place("carrier", "carrier/1"), Place("carrier", None), Place("other", None)
NAMELESS = Words("", "")
CATEGORIES = [
    Category("accepted", NAMELESS, NAMELESS),
    Category("prohibited-a", NAMELESS, NAMELESS, ("PROH", "XRAY"), ("A",)),
    *(
        Category(word.replace(".", "-"), NAMELESS, NAMELESS, (word,), suggested_from=word)
        for word in ("hazards.found", "hazards.closed", "hazards.overdue", "incidents.open")
    ),
]
ZERO = {category.code: 0 for category in CATEGORIES}


def incident(at=SINCE, type_="PROH", attention: str | None = "A", *, open_=False):
    return Fact("incident", "K7QF2M", OUTLET, at, type_, attention, open_)


def hazard(at=SINCE, closed_at=None, deadline=None):
    return Fact("hazard", "h1", OUTLET, at, closed_at=closed_at, deadline=deadline)


@pytest.mark.parametrize(
    ("fact", "against"),
    [
        (incident(), ["prohibited-a"]),
        (incident(type_="XRAY"), ["prohibited-a"]),
        (incident(attention="B"), []),
        (incident(attention=None), []),
        (incident(type_="FIRE"), []),
        (incident(SINCE - HOUR), []),
        (incident(DUE), []),
        (incident(SINCE - HOUR, open_=True), ["incidents-open"]),
        (incident(open_=True), ["prohibited-a", "incidents-open"]),
        (incident(DUE, open_=True), []),
        (hazard(), ["hazards-found"]),
        (hazard(SINCE - HOUR), []),
        (hazard(SINCE - HOUR, closed_at=DUE - HOUR), ["hazards-closed"]),
        (hazard(SINCE - HOUR, closed_at=SINCE - HOUR), []),
        (hazard(SINCE - HOUR, deadline=DUE - HOUR), ["hazards-overdue"]),
        (hazard(SINCE - HOUR, deadline=DUE), []),
    ],
)
def test_a_nought_is_contradicted_by_what_was_at_the_unit_that_day(fact, against):
    assert list(contradicted(ZERO, CATEGORIES, [fact], DAY)) == against


def test_a_number_is_not_contradicted_and_nothing_is_before_it_has_come():
    assert contradicted(ZERO | {"prohibited-a": 1}, CATEGORIES, [incident()], DAY) == {}
    early = Day(SINCE, DUE, DUE - 2 * HOUR)
    assert contradicted(ZERO, CATEGORIES, [hazard(SINCE - HOUR, deadline=DUE - HOUR)], early) == {}


def test_what_the_hub_counts_is_offered_nought_among_it_and_nothing_else_is():
    facts = [hazard(), hazard(SINCE - HOUR, deadline=SINCE), incident(open_=True), incident(open_=True)]
    assert suggested(CATEGORIES, facts, DAY) == {
        "hazards-found": 1, "hazards-closed": 0, "hazards-overdue": 1, "incidents-open": 2,
    }  # fmt: skip


def test_a_site_has_its_own_and_the_agency_as_a_whole_what_no_other_unit_has():
    def at(place):
        return Fact("hazard", "h1", place, SINCE)

    facts = [at(OUTLET), at(Place("carrier", "carrier/2")), at(WHOLE), at(OTHER)]
    assert at_unit(facts, OUTLET, [OUTLET, WHOLE]) == facts[:1]
    assert at_unit(facts, WHOLE, [OUTLET, WHOLE]) == facts[1:3]
    assert at_unit(facts, WHOLE, [WHOLE]) == facts[:3]


def test_of_two_units_at_no_site_nobody_can_say_at_which_it_was():
    facts = [Fact("hazard", "h1", WHOLE, SINCE), Fact("hazard", "h2", OUTLET, SINCE)]
    assert at_unit(facts, WHOLE, [WHOLE, WHOLE, OUTLET]) is None
    assert at_unit(facts, OUTLET, [WHOLE, WHOLE, OUTLET]) == facts[1:]
