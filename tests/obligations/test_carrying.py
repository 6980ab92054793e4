"""When an operation closes, every debt is carried to a standing one or ended with a reason; nothing is dropped."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from incident_hub.cli import hub as command
from incident_hub.cli.operations import open_from
from incident_hub.kernel.chains import verify_database
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from tests.databases import on_both
from tests.night import FILES, Hub

pytestmark = on_both
CLOSING = "/operations/EXPO/closing"


@pytest.fixture
def city(expo: Hub) -> Hub:
    """The city with its everyday watch, in which carrier B takes no part, and an expo that stands down."""
    open_from(FILES / "watch.toml")
    return expo


def stand_down(hub: Hub) -> None:
    said = {"to": "standing_down", "statement": "博览会闭幕"}
    assert hub.as_("anna.leader").post("/operations/EXPO/phase", said).status_code == 200


def close(hub: Hub, debts: list[dict[str, Any]], login: str = "anna.leader", **more: Any) -> Any:
    body = {"to": "closed", "statement": "任务结束", "debts": debts, **more}
    return hub.as_(login).post("/operations/EXPO/phase", body)


def left(hub: Hub) -> list[dict[str, Any]]:
    return hub.as_("anna.leader").get(CLOSING).json["items"]


def fates(hub: Hub, *, carry: bool) -> list[dict[str, Any]]:
    """A fate for each: law's clocks are carried in any case."""
    return [
        {"id": one["id"]} if carry or one["force"] == "law" else {"id": one["id"], "reason": "已当面办结"}
        for one in left(hub)
    ]


def test_closing_shows_what_is_left_and_who_may_take_it_over(city: Hub) -> None:
    ref = city.as_("dan").open(site="carrier-a/site-001")
    stand_down(city)
    shown = city.as_("anna.leader").get(CLOSING).json
    assert {one["subject"]["ref"] for one in shown["items"]} == {ref}
    assert [one["code"] for one in shown["standing"]] == ["WATCH"]
    assert city.as_("ana").get(CLOSING).status_code == 403


def test_an_operation_does_not_close_while_a_debt_has_no_fate(city: Hub) -> None:
    city.as_("dan").open(site="carrier-a/site-001")
    stand_down(city)
    refused = close(city, fates(city, carry=True)[1:], carry_to="WATCH")
    assert refused.status_code == 409
    assert refused.json["open"] == [left(city)[0]["id"]]
    assert city.expo.phase == "standing_down"


def test_a_carried_debt_keeps_its_clock_and_is_chased_and_settled_there(city: Hub) -> None:
    ref = city.as_("dan").open(site="carrier-a/site-001")
    stand_down(city)
    before = left(city)
    done = close(city, fates(city, carry=True), carry_to="WATCH")
    assert (done.status_code, done.json["phase"]) == (200, "closed"), done.text
    assert left(city) == []
    there = city.as_("ana").get("/operations/WATCH/obligations").json["items"]
    clocks = {(one["rule"], one["owed_by"]["desk"], one["due_at"], one["starts_at"]) for one in there}
    assert clocks == {(one["rule"], one["owed_by"]["desk"], one["due_at"], one["starts_at"]) for one in before}
    assert {one["moved_from"]["id"] for one in there} == {one["id"] for one in before}
    assert {(one["subject"]["kind"], one["subject"]["ref"]) for one in there} == {("incident", ref)}
    city.forward(minutes=30)
    mine = [one for one in there if one["owed_by"]["desk"] == "police/duty"]
    settled = city.as_("ana").post(f"/obligations/{mine[0]['id']}/settlement", {"words": "已办"})
    assert (settled.status_code, settled.json["state"] in ("met", "met_late")) == (200, True), settled.text
    assert city.as_("ana").get("/operations/WATCH/board").json["cards"] == []


def test_both_records_tell_it_and_both_hold(city: Hub) -> None:
    city.as_("dan").open(site="carrier-a/site-001")
    stand_down(city)
    count = len(left(city))
    close(city, fates(city, carry=True), carry_to="WATCH")
    told = city.as_("dan").get("/operations/EXPO/feed").json["items"]
    assert [one["kind"] for one in told].count("obligation.carried") == count
    assert told[-1]["data"]["carried_to"] == "WATCH"
    over = city.as_("dan").get("/operations/WATCH/feed").json["items"]
    assert [one["kind"] for one in over].count("obligation.brought_over") == count
    assert not [
        one for one in city.as_("gus").get("/operations/WATCH/feed").json["items"] if one["kind"].startswith("obl")
    ]
    for code in ("EXPO", "WATCH"):
        chain = operations.operation(code)
        assert chain is not None
        assert verify_database(chain.id)[1] is None


def test_a_debt_is_ended_with_a_reason_but_a_laws_never(city: Hub) -> None:
    city.as_("dan").open("EXP-FIRE", site="carrier-a/site-001", status="reported")
    stand_down(city)
    debts = left(city)
    assert "law" in {one["force"] for one in debts}
    refused = close(city, [{"id": one["id"], "reason": "收尾"} for one in debts])
    assert (refused.status_code, "law's clock" in refused.json["detail"]) == (422, True), refused.text
    assert close(city, fates(city, carry=False), carry_to="WATCH").status_code == 200
    ended = city.as_("ana").get("/operations/EXPO/obligations?state=superseded").json["items"]
    assert {one["reason"] for one in ended if one["force"] != "law"} == {"已当面办结"}


def test_what_the_closing_desk_may_not_know_is_neither_named_nor_dropped(city: Hub) -> None:
    sharing = [{"desk": "postal/duty", "role": "support"}]
    ref = city.as_("dan").open("VIOL", site="carrier-a/site-001", access=sharing)
    stand_down(city)
    assert city.as_("ana").get(f"/incidents/{ref}").status_code == 404
    assert left(city) == []
    assert close(city, []).status_code == 200
    entry = city.as_("ana").get("/operations/EXPO/feed").json["items"][-1]
    said = {"from": "standing_down", "to": "closed", "statement": "任务结束"}
    assert (entry["kind"], entry["data"]) == ("operation.phase_changed", said)
    owed = "/operations/EXPO/obligations?state=open"
    assert city.as_("ben").get(owed).json["items"]
    city.as_("anna.leader").post("/operations/EXPO/phase", {"to": "archived", "statement": "归档"})
    assert city.as_("ben").get(owed).json["items"] == []
    assert "obligation.ended" in [one["kind"] for one in city.as_("ben").get("/operations/EXPO/feed").json["items"]]
    assert city.tick() == 0
    db.session.remove()


@pytest.mark.parametrize(
    ("more", "place", "sentence"),
    [
        ({}, {}, "say to which standing operation"),
        ({"carry_to": "WATCH"}, {"desk": "carrier-b/duty", "post": "duty_officer"}, "does not take part in WATCH"),
        ({"carry_to": "WATCH"}, {"desk": "fire/duty", "post": "duty_officer"}, "carrying shares nothing"),
        ({"carry_to": "WATCH"}, {"post": "admiral"}, "has no post admiral"),
        ({"carry_to": "EXPO"}, {}, "takes over no debts"),
        ({"carry_to": "NONE"}, {}, "takes part in no operation NONE"),
    ],
)
def test_where_a_debt_cannot_go_is_said(city: Hub, more: dict[str, Any], place: dict[str, Any], sentence: str) -> None:
    city.as_("dan").open(site="carrier-a/site-001")
    stand_down(city)
    refused = close(city, [one | place for one in fates(city, carry=True)], **more)
    assert refused.status_code == 422, refused.text
    assert sentence in refused.json["detail"]
    assert city.expo.phase == "standing_down"


def test_a_closed_operation_takes_no_new_incidents_and_an_archived_one_nothing(city: Hub) -> None:
    ref = city.as_("dan").open(site="carrier-a/site-001")
    stand_down(city)
    assert close(city, fates(city, carry=True), carry_to="WATCH").status_code == 200
    body = {"type": "VIOL", "title": "迟到的"}
    refused = city.as_("dan").post("/operations/EXPO/incidents", body)
    assert (refused.status_code, "takes no new incidents" in refused.json["detail"]) == (409, True)
    late = {"kind": "note", "text": "补记"}
    assert city.as_("dan").post(f"/incidents/{ref}/journal", late).status_code == 201
    city.as_("anna.leader").post("/operations/EXPO/phase", {"to": "archived", "statement": "归档"})
    refused = city.as_("dan").post(f"/incidents/{ref}/journal", late)
    assert (refused.status_code, "is archived" in refused.json["detail"]) == (409, True)
    db.session.remove()


def test_the_console_closes_with_a_fate_for_everything(city: Hub) -> None:
    city.as_("dan").open("VIOL", site="carrier-a/site-001")
    stand_down(city)
    where = ["--statement", "任务结束", "--data", str(city.folder), "--database", city.url]
    refused = CliRunner().invoke(command, ["operation", "close", "EXPO", *where])
    assert refused.exit_code == 1
    assert "still open" in str(refused.exception)
    done = CliRunner().invoke(command, ["operation", "close", "EXPO", "--carry-to", "WATCH", *where])
    assert done.exit_code == 0, done.output
    db.session.remove()
    assert city.expo.phase == "closed"
