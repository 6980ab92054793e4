"""A roll-call of twelve duty rooms at 03:00: ten answer, one says so on the telephone, one never does."""

from __future__ import annotations

import json

import pytest

from incident_hub.agencies import askers
from incident_hub.board.live.pump import Pump
from incident_hub.board.live.watchers import Watchers
from incident_hub.kernel import clock, feeds
from tests.board.test_pump import Air
from tests.bulletins.rooms import PHONED, ROOMS, heard, sent, with_rooms
from tests.databases import on_both
from tests.night import Hub

pytestmark = [pytest.mark.story, on_both]
SILENT = ROOMS[-1]
AWAKE = ROOMS[:-1]


def test_ten_answer_one_is_rung_up_and_the_silent_one_is_called_and_named(hub: Hub) -> None:
    with_rooms(hub)
    ben = hub.as_("ben")
    made = ben.post(
        "/operations/EXPO/bulletins",
        {"kind": "roll_call", "title": "夜间查岗", "agencies": [*ROOMS, PHONED], "within_minutes": 10},
    )
    assert made.status_code == 201, made.text
    path = f"/bulletins/{made.json['id']}"
    hub.tick()

    for room in AWAKE:
        hub.forward(seconds=30)
        (sheet,) = hub.as_(f"{room}.duty_officer").get("/operations/EXPO/bulletins").json["items"]
        answered = hub.as_(f"{room}.duty_officer").post(f"/bulletins/{sheet['id']}/replies", {"answer": "present"})
        assert answered.status_code == 201, answered.text
    via = {"channel": "phone", "from": {"agency": PHONED}}
    assert ben.post(f"{path}/replies", {"answer": "present", "via": via}).status_code == 201
    before = ben.get(path).json["count"]
    assert (before["answered"], before["of"], before["missing"]) == (11, 12, [f"{SILENT}/duty"])

    hub.forward(minutes=6)
    told = ben.get(path).json
    stands = {one["desk"]: one for one in told["sheets"]}
    assert stands[f"{SILENT}/duty"]["answer"] == "missing"
    assert [stands[f"{room}/duty"]["seconds"] for room in AWAKE] == [30 * n for n in range(1, 11)]
    assert (told["count"]["on_time"], told["count"]["missing"]) == (11, [f"{SILENT}/duty"])

    # The silent room was called at once, and its leader when the time was over; the sender was told that it is silent.
    entries = ben.get("/operations/EXPO/feed?limit=1000").json["items"]
    steps = [one["data"] for one in entries if one["kind"] == "obligation.step_taken"]
    called = [
        (one["kind"], one["step"], [target["post"] for target in one["targets"]])
        for one in steps
        if one["desk"] == f"{SILENT}/duty"
    ]
    assert called == [
        ("call", 0, ["duty_officer"]),
        ("call", 1, ["duty_officer", "duty_leader"]),
        ("inform", 2, ["duty_officer"]),
    ]
    assert [one["data"]["desk"] for one in entries if one["kind"] == "obligation.missed"] == [f"{SILENT}/duty"]
    # Who answered in time was called once, and nobody else's room heard of it.
    assert {one["step"] for one in steps if one["desk"] in {f"{room}/duty" for room in AWAKE}} == {0}
    assert SILENT not in heard(hub, f"{AWAKE[0]}.duty_officer")


def test_who_may_not_know_the_incident_behind_it_gets_no_hint_anywhere(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="柜台发现可疑液体", site="carrier-a/site-001")
    air, pump = listening(expo, "cleo")
    sent(expo, title="无关提示", kind="instruction")
    sent(expo, title="注意同类包裹", kind="instruction", incident=ref)
    cleo = expo.as_("cleo")
    (behind, bare) = cleo.get("/operations/EXPO/bulletins").json["items"]
    # She is called, answers late, is reminded and reads all there is to read.
    expo.forward(minutes=40)
    pump.look()
    cleo.post(f"/bulletins/{behind['id']}/replies", {"answer": "noted"})
    cleo.post(f"/bulletins/{bare['id']}/replies", {"answer": "noted"})
    pump.look()
    api = (
        "/operations/EXPO/bulletins", "/operations/EXPO/feed?limit=1000", "/operations/EXPO/obligations?limit=200",
        "/operations/EXPO/board", "/operations/EXPO/tasks", "/me/desk", "/notices", "/notices?of=desk",
        f"/bulletins/{behind['id']}",
    )  # fmt: skip
    pages = ("/operations/EXPO/bulletins", f"/bulletins/{behind['id']}", "/desk", "/operations/EXPO/notices?of=desk")
    headers = {**cleo.headers, "Accept": "text/html"}
    told = [cleo.get(path).text for path in api] + [cleo.client.get(path, headers=headers).text for path in pages]
    notices = cleo.get("/notices").json["items"]
    assert {one["subject"]["ref"] for one in notices} >= {behind["id"], bare["id"]}
    told += [cleo.get(f"/notices/{one['id']}").text for one in notices]
    assert any("注意同类包裹" in one for one in told)
    said = [json.dumps(one, ensure_ascii=False, default=str) for one in air.said]
    assert any(behind["id"] in one for one in said)
    for one in (*told, *said):
        assert ref not in one
        assert "可疑液体" not in one
    # Nor does the shape of what she is told give away that there is one.
    entries = [
        one for one in cleo.get("/operations/EXPO/feed?limit=1000").json["items"] if one["kind"] == "bulletin.sent"
    ]
    assert entries[0]["data"].keys() == entries[1]["data"].keys()
    assert {name for name in behind if behind[name] is None} == {name for name in bare if bare[name] is None}
    # Who may know it reads it: Dan, whose counter it was.
    assert ref in expo.as_("dan").get("/operations/EXPO/bulletins").text


def listening(hub: Hub, login: str) -> tuple[Air, Pump]:
    """A socket of somebody that follows the operation, and what carries its words."""
    air, watchers = Air(), Watchers()
    hub.as_(login)
    asker = askers.asker_of_token(hub.tokens[f"{login}@None"], None, clock.now())
    assert asker is not None
    watchers.join(login, asker)
    feed = (hub.expo.id, asker.desk_id)
    watchers.follow(login, feed, feeds.head(*feed))
    pump = Pump(hub.app, air, watchers)
    pump.look()
    return air, pump
