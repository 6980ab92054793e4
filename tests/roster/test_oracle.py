"""A bounded sample of the second opinion on who holds a post; `python -m tests.faults.roster_oracle` is the whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from incident_hub.roster import wall
from tests.faults import roster_oracle as oracle

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
# Clocks changed by an hour, by half an hour, by two, at midnight, around a month of fasting, and never.
ZONES = (
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Shanghai",
)


@pytest.mark.parametrize("zone", ZONES)
def test_the_roster_agrees_with_whoever_looks_at_the_clock_every_minute(zone: str) -> None:
    count, found = oracle.differences(oracle.case(zone, SINCE, UNTIL), SINCE, UNTIL)
    assert found == []
    assert count >= 8760


def test_the_second_opinion_notices_a_shift_that_ends_an_hour_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "ends", wall.begins)
    oracle_case = oracle.case("Pacific/Chatham", SINCE, UNTIL)
    _, found = oracle.differences(oracle_case, SINCE, UNTIL)
    assert found
