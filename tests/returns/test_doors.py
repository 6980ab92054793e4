"""Dan files for carrier A, Ben oversees, Cleo of carrier B must see nothing of another carrier's."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.kernel import chains, feeds
from tests.databases import on_both
from tests.night import Hub

from .expo import DOOR, QUIET, TODAY, at, begin, day, line, unit

pytestmark = on_both


def file(hub: Hub, *lines: dict[str, Any], login: str = "dan", **more: Any) -> Any:
    return hub.as_(login).post(f"{DOOR}/batch", {"rows": list(lines), **more}).json


def kinds(hub: Hub, login: str) -> list[str]:
    every = [one["kind"] for one in hub.as_(login).get("/operations/EXPO/feed").json["items"]]
    return [one for one in every if one.partition(".")[0] in ("unit", "return")]


def clocks(hub: Hub, agency: str = "carrier-a", login: str = "dan") -> list[str]:
    asked = f"/operations/EXPO/obligations?rule=K11&agency={agency}"
    items = hub.as_(login).get(asked).json["items"]
    return [one["state"] for one in items if one["due_at"].startswith(TODAY)]


def test_a_day_is_owed_filed_missed_and_filed_late(expo: Hub) -> None:
    begin(expo)
    assert day(expo, "dan") == {"A1": "due", "A2": "due", "A3": "due"}
    made = expo.as_("dan").post(DOOR, line("A1"))
    assert (made.status_code, made.json["state"], made.json["late"]) == (201, "received", False)
    assert file(expo, line("A2", QUIET | {"prohibited-b": 1}))["filed"] == 1
    at(expo, 16, 1)
    assert day(expo, "ben") == {"A1": "zero", "A2": "nonzero", "A3": "missing", "B1": "missing"}
    refused = expo.as_("dan").post(DOOR, line("A3"))
    assert (refused.status_code, "late_reason" in refused.json["detail"]) == (422, True)
    assert expo.as_("dan").post(DOOR, line("A3", late_reason="停电")).json["late"] is True
    assert day(expo, "dan")["A3"] == "late"
    wanted = ["unit.registered", "return.filed", "return.filed", "return.missed", "return.filed", "return.completed"]
    assert kinds(expo, "dan") == wanted
    assert chains.verify_database(expo.expo.id)[1] is None


def test_another_carrier_sees_nothing_and_files_nothing_of_it(expo: Hub) -> None:
    begin(expo)
    id = expo.as_("dan").post(DOOR, line("A1")).json["zero_report"]
    cleo = expo.as_("cleo")
    assert day(expo, "cleo") == {"B1": "due"}
    assert cleo.get(f"/zero-reports/{id}").status_code == 404
    assert cleo.post(f"/zero-reports/{id}/review", {"outcome": "accepted"}).status_code == 404
    assert cleo.post(DOOR, line("A2")).json["detail"] == cleo.post(DOOR, line("ZZ")).json["detail"].replace("ZZ", "A2")
    assert [one["unit"] for one in cleo.get("/operations/EXPO/units").json["items"]] == ["B1"]
    at(expo, 16, 1)
    assert kinds(expo, "cleo") == ["unit.registered", "return.missed"]
    assert expo.as_("ana").get(f"{DOOR}?date={TODAY}").json["items"] == []


def test_the_agencys_clock_is_met_when_its_last_unit_has_filed(expo: Hub) -> None:
    begin(expo)
    at(expo, 15, 1)
    assert clocks(expo) == ["open"]
    file(expo, line("A1"), line("A2"))
    assert clocks(expo) == ["open"]
    file(expo, line("A3"))
    assert clocks(expo) == ["met"]


def test_who_has_filed_everything_before_the_clock_begins_is_not_reminded(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1"), line("A2"), line("A3"))
    at(expo, 15, 1)
    assert clocks(expo) == ["met"]
    steps = feeds.of_kind(expo.expo.id, 0, "obligation.step_taken")
    assert {one["data"]["desk"] for one in steps} == {"carrier-b/duty"}


def test_the_same_again_changes_nothing_and_other_numbers_make_a_version(expo: Hub) -> None:
    begin(expo)
    first = file(expo, line("A1"))
    again = file(expo, line("A1"))
    assert (again["filed"], again["same"]) == (0, 1)
    assert again["items"][0]["filing"] == first["items"][0]["filing"]
    file(expo, line("A1", QUIET | {"prohibited-b": 2}))
    told = expo.as_("ben").get(f"/zero-reports/{first['items'][0]['zero_report']}").json
    assert [(one["version"], one["counts"]["prohibited-b"]) for one in told["versions"]] == [(2, 2), (1, 0)]
    assert kinds(expo, "ben").count("return.filed") == 2


def test_good_rows_go_in_and_the_others_say_why(expo: Hub) -> None:
    begin(expo)
    short = {code: n for code, n in QUIET.items() if code != "sealed"}
    told = file(expo, line("A1"), line("A2", short), line("B1"))
    assert (told["filed"], told["refused"]) == (1, 2)
    assert [(one["row"], one["detail"].split(";")[0]) for one in told["refusals"]] == [
        (2, "sealed has no number"),
        (3, f"Your agency owes no return of B1 for {TODAY}"),
    ]
    assert day(expo, "dan") == {"A1": "zero", "A2": "due", "A3": "due"}


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(expo: Hub) -> None:
    begin(expo)
    told = file(expo, line("A1"), line("B1"), dry_run=True)
    assert (told["filed"], told["refused"], told["dry_run"]) == (1, 1, True)
    assert day(expo, "dan")["A1"] == "due"
    assert kinds(expo, "dan") == ["unit.registered"]


def test_unknown_is_incomplete_until_the_number_comes(expo: Hub) -> None:
    begin(expo)
    rest = {code: n for code, n in QUIET.items() if code != "screened"}
    told = [{"category": "screened", "reason": "三号机停机", "expected_by": "2026-09-17T18:00:00+08:00"}]
    file(expo, line("A1", rest, unknown=told))
    assert day(expo, "dan")["A1"] == "incomplete"
    file(expo, line("A1"))
    assert day(expo, "dan")["A1"] == "zero"


def test_a_gap_asks_and_never_blocks(expo: Hub) -> None:
    begin(expo)
    told = file(
        expo, line("A1", QUIET | {"inspected": 390}), line("A2", QUIET | {"sealed": 399}, checked_how="退件一件")
    )
    assert [one["questions"] for one in told["items"]] == [["gap:inspected=accepted"], []]


def test_what_is_assumed_never_counts_as_received(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", origin="assumed"))
    assert day(expo, "dan")["A1"] == "due"
    rolled = expo.as_("ben").get(f"{DOOR}/roll-up?date={TODAY}").json
    assert (rolled["received"], rolled["owed"], rolled["totals"]["accepted"]["n"]) == (0, 4, 0)


def test_what_is_assumed_neither_excuses_a_late_return_nor_takes_the_place_of_one(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1", origin="assumed"))
    at(expo, 16, 1)
    assert expo.as_("dan").post(DOOR, line("A1", late_reason="停电")).json["late"] is True
    file(expo, line("A1", QUIET | {"prohibited-b": 1}, origin="assumed", late_reason="停电"))
    assert day(expo, "ben")["A1"] == "late"
    assert expo.as_("ben").get(f"{DOOR}/roll-up?date={TODAY}").json["received"] == 1


def test_a_return_is_sent_back_and_filed_anew_and_accepted(expo: Hub) -> None:
    begin(expo)
    path = f"/zero-reports/{file(expo, line('A1'))['items'][0]['zero_report']}"
    ben, dan = expo.as_("ben"), expo.as_("dan")
    assert dan.post(f"{path}/review", {"outcome": "accepted"}).status_code == 403
    assert ben.post(f"{path}/review", {"outcome": "returned"}).status_code == 422
    assert ben.post(f"{path}/review", {"outcome": "returned", "reason": "台账不符"}).json["state"] == "returned"
    assert ben.post(f"{path}/review", {"outcome": "accepted"}).status_code == 409
    assert day(expo, "dan")["A1"] == "returned"
    assert dan.get(path).json["versions"][0]["review_reason"] == "台账不符"
    assert file(expo, line("A1"))["filed"] == 1
    assert ben.post(f"{path}/review", {"outcome": "accepted"}).json["accepted"] is True
    assert "is accepted" in file(expo, line("A1", QUIET | {"staff": 1}))["refusals"][0]["detail"]


def test_the_matrix_says_received_n_of_m_and_names_each_cell(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1"))
    at(expo, 16, 1)
    told = expo.as_("ben").get(f"{DOOR}/matrix?from=2026-09-10&to=2026-09-20").json
    (head,) = told["days"]
    assert (head["date"], head["received"], head["owed"]) == (TODAY, 1, 4)
    assert {one["unit"]: one["cells"][TODAY]["cell"] for one in told["rows"]} == {
        "A1": "zero", "A2": "missing", "A3": "missing", "B1": "missing",
    }  # fmt: skip
    assert expo.as_("ben").get(f"{DOOR}/matrix?from=2026-09-20&to=2026-09-10").status_code == 422


def test_days_that_came_while_nothing_ran_are_owed_and_missed_once_each(expo: Hub) -> None:
    begin(expo)
    expo.clock.forward(minutes=3 * 24 * 60)
    for _ in range(3):
        expo.tick()
    told = expo.as_("ben").get(f"{DOOR}/matrix?from=2026-09-10&to=2026-09-25").json
    assert [(one["date"], one["owed"], one["counts"].get("missing", 0)) for one in told["days"]] == [
        ("2026-09-17", 4, 4), ("2026-09-18", 4, 4), ("2026-09-19", 4, 4), ("2026-09-20", 4, 0),
    ]  # fmt: skip
    assert kinds(expo, "cleo").count("return.missed") == 3


def test_an_outage_over_the_last_asked_day_leaves_each_of_its_days_owed_and_missed_once(expo: Hub) -> None:
    """The engine stands from the 17th; people stand the operation down at ten on the 19th; it is back on the 21st."""
    begin(expo)
    expo.clock.forward(minutes=2 * 24 * 60 + 120)
    body = {"to": "standing_down", "statement": "闭幕"}
    assert expo.as_("anna.leader").post("/operations/EXPO/phase", body).status_code == 200
    expo.clock.forward(minutes=2 * 24 * 60)
    expo.forward(minutes=1)
    told = expo.as_("ben").get(f"{DOOR}/matrix?from=2026-09-10&to=2026-09-25").json
    assert [(one["date"], one["counts"]) for one in told["days"]] == [
        ("2026-09-17", {"missing": 4}), ("2026-09-18", {"missing": 4}), ("2026-09-19", {"missing": 4}),
    ]  # fmt: skip
    assert kinds(expo, "cleo").count("return.missed") == 3
    assert clocks(expo) == ["missed"]
    assert expo.tick() == 0


def test_before_the_operation_was_active_and_after_it_nothing_is_owed(expo: Hub) -> None:
    begin(expo)
    expo.as_("anna.leader").post("/operations/EXPO/phase", {"to": "standing_down", "statement": "闭幕"})
    expo.clock.forward(minutes=2 * 24 * 60)
    expo.tick()
    days = [one["date"] for one in expo.as_("ben").get(f"{DOOR}/matrix?from=2026-09-01&to=2026-09-25").json["days"]]
    assert days == [TODAY]


def test_let_off_altogether_ends_what_the_desk_owes_and_the_rest_being_there_meets_it(expo: Hub) -> None:
    begin(expo)
    body = {"since": TODAY, "until": TODAY, "reason": "停业装修"}
    leader, path = expo.as_("ben.leader"), "/operations/EXPO/exemptions"
    leader.post(path, body | {"unit": "B1"})
    assert clocks(expo, "carrier-b", "cleo") == ["superseded"]
    file(expo, line("A1"), line("A2"))
    assert clocks(expo) == ["open"]
    at(expo, 16, 1)
    leader.post(path, body | {"unit": "A3"})
    assert clocks(expo) == ["met"]
    assert kinds(expo, "dan")[-1] == "return.completed"
    ended = [
        one for one in expo.as_("cleo").get("/operations/EXPO/feed").json["items"] if one["kind"] == "obligation.ended"
    ]
    assert [one["data"]["was"] for one in ended] == ["open"]


def test_where_every_unit_is_let_off_the_levels_above_owe_nothing_either(expo: Hub) -> None:
    begin(expo, [unit("A1"), unit("B1", "carrier-b")])
    asked = "/operations/EXPO/obligations?unanswered=true&limit=200"
    for code, left in (("A1", ["K11", "K11-CITY", "K11-PROV"]), ("B1", [])):
        body = {"unit": code, "since": TODAY, "until": TODAY, "reason": "停业装修"}
        assert expo.as_("ben.leader").post("/operations/EXPO/exemptions", body).status_code == 201
        rules = [one["rule"] for one in expo.as_("gus").get(asked).json["items"]]
        assert [one for one in rules if one.startswith("K11")] == left


def test_a_desk_whose_units_are_all_let_off_beforehand_owes_nothing(expo: Hub) -> None:
    begin(expo)
    body = {"unit": "B1", "since": "2026-09-18", "until": "2026-09-18", "reason": "停业装修"}
    expo.as_("ben.leader").post("/operations/EXPO/exemptions", body)
    expo.clock.forward(minutes=24 * 60)
    expo.tick()
    asked = "/operations/EXPO/obligations?rule=K11"
    due = [one["due_at"][:10] for one in expo.as_("cleo").get(asked).json["items"]]
    assert due == [TODAY]


def test_what_was_said_by_telephone_in_time_meets_the_clock_however_late_it_is_typed(expo: Hub) -> None:
    begin(expo)
    file(expo, line("A1"), line("A2"))
    at(expo, 16, 30)
    said: dict[str, Any] = {"channel": "phone", "origin": "told", "stated_at": f"{TODAY}T15:50:00+08:00"}
    assert file(expo, line("A3", **said))["filed"] == 1
    assert clocks(expo) == ["met"]
    file(expo, line("B1", late_reason="停电"), login="cleo")
    assert clocks(expo, "carrier-b", "cleo") == ["met_late"]


@pytest.mark.parametrize(
    ("login", "changed", "status"),
    [
        ("dan", {}, 403),
        ("ben.leader", {"agency": "carrier-z"}, 422),
        ("ben.leader", {"site": "carrier-b/site-001"}, 422),
        ("ben.leader", {"first_day": "2026-09-16"}, 422),
        ("anna.leader", {}, 403),
    ],
)
def test_who_owes_is_said_by_a_leader_and_must_be_sound(expo: Hub, login: str, changed: Any, status: int) -> None:
    begin(expo)
    body = {"units": [unit("A9") | changed]}
    assert expo.as_(login).post("/operations/EXPO/units", body).status_code == status


def test_a_unit_that_comes_after_the_cut_off_owes_from_the_next_day(expo: Hub) -> None:
    begin(expo)
    at(expo, 16)
    told = expo.as_("ben.leader").post("/operations/EXPO/units", {"units": [unit("A9")]})
    assert told.status_code == 422
    assert "2026-09-18 or later" in told.json["errors"][0]["detail"]
    tomorrow = {"units": [unit("A9", first_day="2026-09-18")]}
    assert expo.as_("ben.leader").post("/operations/EXPO/units", tomorrow).json["registered"] == 1
    assert "A9" not in day(expo, "dan")


def test_registering_twice_changes_nothing_and_a_late_joiner_owes_from_today(expo: Hub) -> None:
    begin(expo)
    body = {"units": [unit("A1"), unit("A9")]}
    assert expo.as_("ben.leader").post("/operations/EXPO/units", body).json["registered"] == 1
    assert day(expo, "dan")["A9"] == "due"


def test_whoever_oversees_lets_a_unit_off_and_then_it_is_not_owed(expo: Hub) -> None:
    begin(expo)
    body = {"unit": "A1", "since": TODAY, "until": "2026-09-18", "reason": "停业装修"}
    path = "/operations/EXPO/exemptions"
    assert expo.as_("cleo").post(path, body).status_code == 403
    assert expo.as_("ben.leader").post(path, body | {"unit": "ZZ"}).status_code == 404
    assert expo.as_("ben.leader").post(path, body).status_code == 201
    at(expo, 16, 1)
    assert day(expo, "dan") == {"A1": "exempt", "A2": "missing", "A3": "missing"}
    assert "let off" in file(expo, line("A1"))["refusals"][0]["detail"]
    assert expo.as_("ben").get(f"{DOOR}/roll-up?date={TODAY}").json["owed"] == 3
