"""A day that was met and then is not: sent back, or joined by another unit, it runs against a clock of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.night import Hub
from tests.returns.expo import DOOR, MORNING, TODAY, at, begin, day, line, unit
from tests.stories.test_a_day_of_returns import digests

pytestmark = pytest.mark.story


def test_what_is_sent_back_after_the_day_was_met_is_chased_within_the_hour(expo: Hub) -> None:
    begin(expo)
    file(expo, "A1", "A2", "A3")
    at(expo, 17)
    assert list(digests("dan")) == []
    send_back(expo, "A2")
    expo.tick()
    at(expo, 17, 20)
    send_back(expo, "A3")
    for minutes in (45, 60, 75):
        at(expo, 17, minutes)
    again = "重报或补报当日零报告（应报3家，尚缺{n}家）"
    assert list(digests("dan")) == [
        (60, "remind", again.format(n=1)), (105, "remind", again.format(n=2)), (120, "remind", again.format(n=2)),
        (135, "call", again.format(n=2)),
    ]  # fmt: skip
    file(expo, "A2", "A3", late_reason="已核实")
    assert debts(expo) == [("K11", "met"), ("K11-R", "met_late")]
    assert expo.as_("ana").get(f"{DOOR}/matrix?from={TODAY}&to={TODAY}").json["rows"] == []


def test_who_joins_a_day_that_was_met_owes_it_by_the_cut_off(expo: Hub) -> None:
    begin(expo)
    file(expo, "A1", "A2", "A3")
    at(expo, 9)
    assert debts(expo) == [("K11", "met")]
    expo.as_("ben.leader").post("/operations/EXPO/units", {"units": [unit("A9")]})
    owed = next(one for one in all_debts(expo) if one["rule"] == "K11-R")
    assert owed["due_at"].startswith((MORNING + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M"))
    file(expo, "A9")
    assert debts(expo) == [("K11", "met"), ("K11-R", "met")]


def test_what_is_sent_back_while_the_day_is_owed_opens_nothing_more(expo: Hub) -> None:
    begin(expo)
    file(expo, "A1", "A2")
    at(expo, 15, 30)
    send_back(expo, "A1")
    assert debts(expo) == [("K11", "open")]


def test_what_is_sent_back_and_then_let_off_is_owed_no_more(expo: Hub) -> None:
    begin(expo)
    file(expo, "B1", login="cleo")
    at(expo, 17)
    send_back(expo, "B1")
    body = {"unit": "B1", "since": TODAY, "until": TODAY, "reason": "停业"}
    assert expo.as_("ben.leader").post("/operations/EXPO/exemptions", body).status_code == 201
    assert debts(expo, "carrier-b", "cleo") == [("K11", "met"), ("K11-R", "superseded")]
    assert day(expo, "ben")["B1"] == "exempt"


def file(hub: Hub, *codes: str, login: str = "dan", late_reason: str = "") -> None:
    rows = [line(code, late_reason=late_reason) for code in codes]
    told = hub.as_(login).post(f"{DOOR}/batch", {"rows": rows})
    assert told.json["refusals"] == [], told.text


def send_back(hub: Hub, code: str) -> None:
    items = hub.as_("ben").get(f"{DOOR}?date={TODAY}").json["items"]
    id = next(one["id"] for one in items if one["unit"] == code)
    body = {"outcome": "returned", "reason": "请核实"}
    assert hub.as_("ben").post(f"/zero-reports/{id}/review", body).status_code == 200


def all_debts(hub: Hub, agency: str = "carrier-a", login: str = "dan") -> list[dict[str, str]]:
    items = hub.as_(login).get("/operations/EXPO/obligations").json["items"]
    return [one for one in items if one["owed_by"]["agency"] == agency and one["rule"].startswith("K11")]


def debts(hub: Hub, agency: str = "carrier-a", login: str = "dan") -> list[tuple[str, str]]:
    return sorted((one["rule"], one["state"]) for one in all_debts(hub, agency, login))
