"""Numbers that are not known yet: Dan says when they come, owes them by then, and is met when the last one has come."""

from __future__ import annotations

from typing import Any

from tests.databases import on_both
from tests.night import Hub

from .expo import DOOR, QUIET, TODAY, at, begin, day, line

pytestmark = on_both
REST = {code: n for code, n in QUIET.items() if code != "screened"}
SIX, SEVEN = "2026-09-17T18:00:00+08:00", "2026-09-17T19:00:00+08:00"


def unknown(when: str = SIX, category: str = "screened") -> list[dict[str, str]]:
    return [{"category": category, "reason": "三号机停机", "expected_by": when}]


def file(hub: Hub, *lines: dict[str, Any]) -> Any:
    return hub.as_("dan").post(f"{DOOR}/batch", {"rows": list(lines)}).json


def owed(hub: Hub, login: str = "dan") -> list[tuple[str, str, str]]:
    items = hub.as_(login).get("/operations/EXPO/obligations?rule=K11-S").json["items"]
    return sorted((one["owed_by"]["desk"], one["due_at"][11:16], one["state"]) for one in items)


def test_what_is_unknown_is_owed_by_the_instant_it_is_expected_and_met_when_it_comes(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", REST, unknown=unknown()))
    assert owed(expo) == owed(expo, "ben") == [("carrier-a/duty", "10:00", "open")]
    assert owed(expo, "cleo") == []
    assert file(expo, line("A1"))["filed"] == 1
    assert owed(expo) == [("carrier-a/duty", "10:00", "met")]
    assert day(expo, "dan")["A1"] == "zero"


def test_what_does_not_come_is_missed_and_counts_for_nothing_meanwhile(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", REST, unknown=unknown()))
    at(expo, 18, 1)
    assert owed(expo) == [("carrier-a/duty", "10:00", "missed")]
    assert day(expo, "ben")["A1"] == "incomplete"
    total = expo.as_("ben").get(f"{DOOR}/roll-up?date={TODAY}").json["totals"]["screened"]
    assert (total["n"], total["of"], total["unknown"]) == (0, 0, 1)
    file(expo, line("A1", late_reason="三号机停机"))
    assert owed(expo) == [("carrier-a/duty", "10:00", "met_late")]


def test_saying_later_that_it_will_be_later_moves_nothing(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", REST, unknown=unknown()))
    file(expo, line("A1", REST, unknown=unknown(SEVEN)))
    assert owed(expo) == [("carrier-a/duty", "10:00", "open")]


def test_one_machine_is_one_debt_for_all_its_units_and_each_instant_and_number_another(expo: Hub) -> None:
    begin(expo)
    staff = {code: n for code, n in QUIET.items() if code != "staff"}
    file(
        expo,
        line("A1", REST, unknown=unknown()),
        line("A2", REST, unknown=unknown()),
        line("A3", staff, unknown=unknown(SIX, "staff")),
    )
    assert owed(expo) == [("carrier-a/duty", "10:00", "open")] * 2
    file(expo, line("A1"))
    assert owed(expo) == [("carrier-a/duty", "10:00", "open")] * 2
    file(expo, line("A2"))
    assert owed(expo) == [("carrier-a/duty", "10:00", "met"), ("carrier-a/duty", "10:00", "open")]


def test_what_was_said_by_telephone_in_time_meets_it_however_late_it_is_typed(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", REST, unknown=unknown()))
    at(expo, 18, 5)
    said = "2026-09-17T17:50:00+08:00"
    file(expo, line("A1", stated_at=said, channel="phone", origin="told", late_reason="停机"))
    assert owed(expo) == [("carrier-a/duty", "10:00", "met")]


def test_what_is_assumed_promises_nothing_and_keeps_nothing(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", REST, unknown=unknown(), origin="assumed"))
    assert owed(expo) == []
    file(expo, line("A1", REST, unknown=unknown()))
    file(expo, line("A1", origin="assumed"))
    assert owed(expo) == [("carrier-a/duty", "10:00", "open")]
    assert day(expo, "dan")["A1"] == "incomplete"
