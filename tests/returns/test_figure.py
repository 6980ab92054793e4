"""The board's figure: received n of m as each desk may know it, the missing named to those alone who oversee."""

from __future__ import annotations

from typing import Any

from tests.databases import on_both
from tests.night import Hub

from .expo import DOOR, QUIET, TODAY, at, begin, line

pytestmark = on_both


def figure(hub: Hub, login: str) -> dict[str, Any]:
    found = hub.as_(login).get("/operations/EXPO/board").json["zero_reports"]
    assert found == hub.as_(login).get(f"{DOOR}/figure").json["zero_reports"]
    return found


def n_of_m(hub: Hub, login: str) -> tuple[int, int]:
    told = figure(hub, login)
    return told["received"], told["owed"]


def test_each_desk_sees_the_count_of_what_it_may_know(expo: Hub) -> None:
    begin(expo)
    expo.as_("dan").post(DOOR, line("A1"))
    assert (figure(expo, "ben")["date"], figure(expo, "ben")["until"]) == (TODAY, "2026-09-17T16:00:00.000+00:00")
    assert [n_of_m(expo, login) for login in ("ben", "dan", "cleo")] == [(1, 4), (1, 3), (0, 1)]
    assert figure(expo, "ana") is None


def test_the_missing_are_named_to_whoever_oversees_and_to_no_carrier(expo: Hub) -> None:
    begin(expo)
    expo.as_("dan").post(DOOR, line("A1"))
    assert figure(expo, "ben")["missing"] == []
    at(expo, 16, 1)
    assert [one["unit"] for one in figure(expo, "ben")["missing"]] == ["A2", "A3", "B1"]
    assert figure(expo, "ben")["missing"][0]["title"]["zh"] == "A2营业部"
    assert figure(expo, "dan")["missing"] == figure(expo, "cleo")["missing"] == []


def test_what_is_not_known_or_only_assumed_is_counted_as_it_is(expo: Hub) -> None:
    begin(expo)
    rest = {code: n for code, n in QUIET.items() if code != "screened"}
    later = [{"category": "screened", "reason": "停机", "expected_by": "2026-09-17T18:00:00+08:00"}]
    expo.as_("dan").post(DOOR, line("A1", rest, unknown=later))
    expo.as_("dan").post(DOOR, line("A2", origin="assumed"))
    assert n_of_m(expo, "dan") == (1, 3)


def test_the_figure_folded_from_the_entries_is_that_of_a_fresh_board(expo: Hub) -> None:
    begin(expo)
    ben = expo.as_("ben")
    fresh = figure(expo, "ben")
    head = ben.get("/operations/EXPO/board").json["head"]
    id = expo.as_("dan").post(DOOR, line("A1")).json["zero_report"]
    expo.as_("dan").post(f"{DOOR}/batch", {"rows": [line("A2"), line("A3")]})
    ben.post(f"/zero-reports/{id}/review", {"outcome": "returned", "reason": "台账不符"})
    at(expo, 16, 1)
    each = fresh["each"]
    for entry in ben.get(f"/operations/EXPO/feed?after={head}&limit=500").json["items"]:
        for one in entry["data"].get("standing", []):
            assert one.pop("date") == TODAY
            each[entry["subject"]["ref"]] = one
    assert each == figure(expo, "ben")["each"]
    assert n_of_m(expo, "ben") == (2, 4)


def test_the_next_day_begins_with_nothing_received(expo: Hub) -> None:
    begin(expo)
    expo.as_("dan").post(DOOR, line("A1"))
    at(expo, 24, 1)
    told = figure(expo, "ben")
    assert (told["date"], told["received"], told["owed"]) == ("2026-09-18", 0, 4)
