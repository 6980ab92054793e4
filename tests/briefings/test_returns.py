"""The daily returns in a briefing: counted by hand, cut to the desk that asks, and the same tomorrow."""

from __future__ import annotations

from typing import Any

from tests.briefings.test_briefing import PATH, read, z
from tests.night import Hub
from tests.returns.expo import DOOR, QUIET, TODAY, at, begin, line, unit


def file(hub: Hub, code: str, counts: dict[str, int] | None = None, **more: Any) -> str:
    login = "cleo" if code.startswith("B") else "dan"
    made = hub.as_(login).post(DOOR, line(code, counts, **more))
    assert made.status_code == 201, made.text
    return made.json["zero_report"]


def a_day(hub: Hub) -> None:
    """A1 zero and sent back, A2 with a find, A3 missing and late, A4 let off, B1 with a number still to come."""
    begin(hub, [*(unit(f"A{n}") for n in range(1, 5)), unit("B1", "carrier-b")])
    off = {"unit": "A4", "since": TODAY, "until": TODAY, "reason": "停业"}
    assert hub.as_("ben.leader").post("/operations/EXPO/exemptions", off).status_code == 201
    first = file(hub, "A1")
    file(hub, "A2", QUIET | {"prohibited-c": 3, "screened": 7})
    counts = {code: n for code, n in QUIET.items() if code != "vehicles"}
    later = {"category": "vehicles", "reason": "核对中", "expected_by": "2026-09-18T00:00:00Z"}
    file(hub, "B1", counts, unknown=[later])
    at(hub, 16, 30)
    back = hub.as_("ben").post(f"/zero-reports/{first}/review", {"outcome": "returned", "reason": "请核实"})
    assert back.status_code == 200, back.text


def test_received_n_of_m_with_the_missing_by_name(expo: Hub) -> None:
    a_day(expo)
    told = read(expo, "ben")["returns"]
    tally = {"owed": 4, "received": 2, "late": 0, "missing": 1, "returned": 1, "incomplete": 1}
    assert told["days"] == [{"date": TODAY, **tally}]
    assert told["to_date"] == tally
    assert told["running"] is None
    assert [(one["unit"], one["cell"]) for one in told["gone"]] == [("A1", "returned"), ("A3", "missing")]
    numbers = {one["category"]: (one["this_period"], one["to_date"], one["unknown"]) for one in told["categories"]}
    assert numbers["prohibited-c"] == (3, 3, 0)
    assert numbers["vehicles"] == (0, 0, 1)
    # What was sent back is summed up no more, and what is missing adds no nought.
    assert numbers["accepted"] == (800, 800, 0)


def test_a_carrier_reads_of_its_own_units_and_others_of_none(expo: Hub) -> None:
    a_day(expo)
    mine = read(expo, "cleo")["returns"]
    assert (mine["to_date"]["owed"], mine["gone"], [one["agency"] for one in mine["by_agency"]]) == (
        1,
        [],
        ["carrier-b"],
    )
    assert "returns" not in read(expo, "ana")
    assert "A3" not in expo.as_("cleo").get(PATH).text


def test_a_cut_off_of_the_past_reads_as_it_did_then(expo: Hub) -> None:
    a_day(expo)
    cut, ben = expo.clock.at, expo.as_("ben")
    before = ben.get(f"{PATH}?at={z(cut)}").json
    at(expo, 17)
    file(expo, "A3", late_reason="断网")
    file(expo, "A1", late_reason="已核实")
    file(expo, "B1", late_reason="已核对")
    leader = expo.as_("ben.leader")
    later = {"units": [unit("A5", first_day="2026-09-18")]}
    assert leader.post("/operations/EXPO/units", later).status_code == 201
    off = {"unit": "A5", "since": TODAY, "until": "2026-09-18", "reason": "新开"}
    assert leader.post("/operations/EXPO/exemptions", off).status_code == 201
    assert ben.get(f"{PATH}?at={z(cut)}").json == before
    assert read(expo, "ben")["returns"]["to_date"] == {
        "owed": 4, "received": 4, "late": 1, "missing": 0, "returned": 0, "incomplete": 0,
    }  # fmt: skip


def test_a_day_that_still_runs_is_told_apart_from_those_that_are_due(expo: Hub) -> None:
    begin(expo)
    file(expo, "A1")
    expo.clock.forward(minutes=1)
    told = read(expo, "ben")["returns"]
    assert (told["days"], told["to_date"]["owed"]) == ([], 0)
    assert (told["running"]["received"], told["running"]["owed"]) == (1, 4)


def test_the_page_says_it_in_both_languages(expo: Hub) -> None:
    a_day(expo)
    ben = expo.as_("ben")
    for lang, words in (
        ("en", ("Daily returns", "A3 Outlet A3", "sent back")),
        ("zh", ("每日零报告", "A3 A3营业部", "退回")),
    ):
        page = ben.client.get(f"{PATH}?lang={lang}", headers={**ben.headers, "Accept": "text/html"}).text
        for one in words:
            assert one in page, one
