"""Eve evaluates at the regulator: she reads as the police for a reason and a time, and the police are told."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from incident_hub.agencies import actions as agencies_actions
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import chains, looks
from incident_hub.kernel.database import db, unit_of_work
from tests.databases import on_both
from tests.night import Hub
from tests.reports.writing import Person

pytestmark = on_both
AUDITS = "/operations/EXPO/audits"
WANTED = {"desk": "police/duty", "reason": "演练评估", "minutes": 30}


@pytest.fixture
def eve(expo: Hub) -> Any:
    """An evaluator at the desk of fire and rescue, which knows of nothing."""
    with unit_of_work() as at:
        made = agencies_actions.add_member("eve", "Eve", None, at=at, by=CONSOLE)
        agencies_actions.seat(made, "fire/duty", "evaluator", None, at=at, by=CONSOLE)
    return expo.as_("eve")


@pytest.fixture
def ref(expo: Hub) -> str:
    found = expo.as_("dan").open("PROH-XRAY", "可疑包裹", site="carrier-a/site-001")
    expo.as_("ana").post(f"/incidents/{found}/journal", {"text": "我席内部", "audience": "own"})
    expo.as_("ana").post(f"/incidents/{found}/journal", {"text": "密封内容", "audience": "sealed"})
    return found


def test_she_reads_as_the_desk_for_a_reason_and_the_desk_is_told_at_once(expo: Hub, eve: Any, ref: str) -> None:
    assert eve.get(f"/incidents/{ref}").status_code == 404
    assert eve.get("/operations/EXPO/board?as=police/duty").status_code == 404
    assert eve.post(AUDITS, {"desk": "police/duty"}).status_code == 422
    made = eve.post(AUDITS, WANTED)
    assert made.status_code == 201
    audit = f"/audits/{made.json['id']}"
    assert [one["ref"] for one in eve.get(f"{audit}/board").json["cards"]] == [ref]
    assert [one["ref"] for one in eve.get("/operations/EXPO/board?as=police/duty").json["cards"]] == [ref]
    told = eve.get(f"{audit}/incidents/{ref}").json
    assert (told["title"], [one["text"] for one in told["journal"]]) == ("可疑包裹", ["我席内部"])
    # Her own desk still knows nothing, and she changes nothing.
    assert eve.get(f"/incidents/{ref}").status_code == 404
    assert eve.post(f"/incidents/{ref}/journal", {"text": "x"}).status_code in (403, 404)
    last = expo.as_("ana").get("/operations/EXPO/feed?limit=1000").json["items"][-1]
    assert (last["kind"], last["data"]["reason"], last["by"]["desk"]) == ("audit.opened", "演练评估", "fire/duty")
    assert [one["by"] for one in expo.as_("ana").get(AUDITS).json["items"]] == ["fire/duty"]
    for login in ("ben", "cleo"):
        assert "audit" not in expo.as_(login).get("/operations/EXPO/feed?limit=1000").text
        assert expo.as_(login).get(AUDITS).json["items"] == []
    assert eve.post(AUDITS, WANTED).status_code == 409
    assert chains.verify_database(expo.expo.id)[1] is None


def test_it_ends_by_itself_or_when_she_ends_it_and_is_nobody_elses(expo: Hub, eve: Any, ref: str) -> None:
    first = f"/audits/{eve.post(AUDITS, WANTED).json['id']}"
    for login in ("ben", "ana", "obs"):
        assert expo.as_(login).get(f"{first}/board").status_code in (403, 404), login
    expo.forward(minutes=31, engine=False)
    for path in (f"{first}/board", f"{first}/incidents/{ref}", "/operations/EXPO/board?as=police/duty"):
        assert eve.get(path).status_code == 404
    second = f"/audits/{eve.post(AUDITS, WANTED).json['id']}"
    assert eve.get(f"{second}/board").status_code == 200
    assert eve.post(f"{second}/ending").status_code == 200
    assert eve.get(f"{second}/board").status_code == 404
    states = [one["runs"] for one in expo.as_("ana").get(AUDITS).json["items"]]
    assert states == [False, False]


def test_what_the_desk_may_not_know_and_what_is_red_stays_closed(expo: Hub, eve: Any, ref: str) -> None:
    red = expo.as_("ana").open("THEFT", "押运车被盗", tlp="RED")
    eve.post(AUDITS, {**WANTED, "desk": "carrier-b/duty"})
    as_cleo = f"/audits/{eve.get(AUDITS).json['items'][0]['id']}"
    assert eve.get(f"{as_cleo}/board").json["cards"] == []
    assert eve.get(f"{as_cleo}/incidents/{ref}").status_code == 404
    as_ana = f"/audits/{eve.post(AUDITS, WANTED).json['id']}"
    assert [one["ref"] for one in eve.get(f"{as_ana}/board").json["cards"]] == [ref]
    assert eve.get(f"{as_ana}/incidents/{red}").json == eve.get(f"{as_ana}/incidents/NOSUCH").json
    for login, status in (("ana", 403), ("ben.leader", 403), ("adm", 403)):
        assert expo.as_(login).post(AUDITS, WANTED).status_code == status
    for desk in ("fire/duty", "nowhere/duty"):
        assert eve.post(AUDITS, {**WANTED, "desk": desk}).status_code == 422


def test_the_pages_say_who_reads_as_whom_and_what_she_reads(expo: Hub, eve: Any, ref: str) -> None:
    audit = eve.post(AUDITS, WANTED).json["id"]
    person = Person(expo, "eve").client
    board = person.get(f"/audits/{audit}", headers={"Accept": "text/html"}).text
    assert (ref in board, "演练评估" in board) == (True, True)
    page = person.get(f"/audits/{audit}/incidents/{ref}", headers={"Accept": "text/html"}).text
    assert ("我席内部" in page, "密封内容" in page) == (True, False)
    theirs = Person(expo, "ana").client.get(AUDITS, headers={"Accept": "text/html"}).text
    assert "演练评估" in theirs
    assert Person(expo, "ana").client.get(f"/audits/{audit}", headers={"Accept": "text/html"}).status_code == 403


def test_what_she_reads_counts_as_looked_at_by_her_own_desk(eve: Any, ref: str) -> None:
    looks._gathered.clear()
    looks._lasting.clear()
    audit = f"/audits/{eve.post(AUDITS, WANTED).json['id']}"
    for _ in range(2):
        assert eve.get(f"{audit}/incidents/{ref}").status_code == 200
    looks.write()
    rows = [(row.subject, row.outcome, row.n) for row in db.session.scalars(select(looks.Look))]
    assert rows == [(f"incident/{ref}", "looked", 1)]
