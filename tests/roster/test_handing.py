"""The hand-over: both watches are called until it is signed, the leader hears of it after ten minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import chains
from incident_hub.kernel.database import HOUSE, db
from incident_hub.roster import queries
from tests.databases import on_both
from tests.night import Caller

from .conftest import MORNING, Watch

pytestmark = on_both
DOOR = "/operations/EXPO/handovers"


def held(watch: Watch) -> list[str]:
    """Who holds the post now, by login."""
    members = {one.id: one.login for one in agencies.members()}
    return [members[id] for id in queries.holders_of(watch.desk, "duty_officer", watch.hub.clock.at)]


def come(watch: Watch, at: datetime) -> None:
    """Let the night pass up to an instant."""
    watch.hub.forward(seconds=(at - watch.hub.clock.at).total_seconds(), step=300)


def due(caller: Caller) -> dict[str, Any]:
    """The hand-over that comes next, or waits for its signature."""
    items = caller.get(DOOR).json["items"]
    return min((one for one in items if one["signed_at"] is None), key=lambda one: one["due_at"])


# Each morning there is a briefing as well, which is no word of a hand-over.
_WORD = text("SELECT member, channel FROM notice WHERE chain = :op AND obligation IS NOT NULL")


def told(watch: Watch) -> list[tuple[str, str]]:
    """Who was sent word of a hand-over, on which channel, in order."""
    logins = {one.id: one.login for one in agencies.members()}
    db.session.rollback()
    rows = db.session.execute(_WORD, {"op": watch.hub.expo.id})
    return sorted((logins[row.member], row.channel) for row in rows)


def states(id: str) -> set[str]:
    """How far the word of a hand-over that is shown in the application has come."""
    db.session.rollback()
    query = text("SELECT state FROM notice WHERE channel = 'in_app' AND obligation = :id")
    return {row.state for row in db.session.execute(query, {"id": id})}


def test_both_are_on_duty_until_the_incoming_signs_what_was_prepared(watch: Watch) -> None:
    watch.take_turns()
    abe, ada = watch.hub.as_("abe"), watch.hub.as_("ada")
    ref = watch.hub.as_("dan").open()
    prepared = abe.post(DOOR, {"post": "duty_officer", "note": "三号机还在检查"})
    assert prepared.status_code == 201, prepared.text
    assert prepared.json["facts"]["incidents"] == prepared.json["facts"]["moved"] == [ref]
    assert prepared.json["facts"]["debts"]
    assert prepared.json["facts"]["unanswered"] == prepared.json["facts"]["debts"]
    come(watch, MORNING)
    assert held(watch) == ["ada", "abe"]
    shown = due(ada)
    assert (shown["state"], shown["note"], shown["prepared_by"]["name"]) == ("prepared", "三号机还在检查", "Abe")
    signed = ada.post(f"{DOOR}/{shown['id']}/signature", {"note": "已接"})
    assert (signed.status_code, signed.json["state"]) == (200, "signed")
    assert held(watch) == ["ada"]
    assert states(shown["id"]) == {"read"}
    assert ada.post(f"{DOOR}/{shown['id']}/signature").status_code == 409
    kinds = [entry["kind"] for entry in chains.exported(HOUSE) if entry["kind"].startswith("handover.")]
    assert kinds == ["handover.prepared", "handover.called", "handover.signed"]
    assert "三号机" not in str(list(chains.exported(HOUSE)))


def test_both_are_reminded_at_the_planned_end_and_the_leader_after_ten_minutes(watch: Watch) -> None:
    watch.take_turns()
    come(watch, MORNING - timedelta(minutes=1))
    assert told(watch) == []
    come(watch, MORNING)
    both = [(login, channel) for login in ("abe", "ada") for channel in ("email", "in_app")]
    assert told(watch) == both
    come(watch, MORNING + timedelta(minutes=9))
    assert told(watch) == both
    come(watch, MORNING + timedelta(minutes=10))
    assert told(watch) == sorted([*both, ("anna.leader", "email"), ("anna.leader", "in_app")])
    watch.hub.forward(minutes=60, step=300)
    assert len(told(watch)) == 6
    called = [entry["data"]["to"] for entry in chains.exported(HOUSE) if entry["kind"] == "handover.called"]
    assert called == ["both", "leader"]


def test_what_was_signed_beforehand_reminds_nobody_and_the_next_one_is_expected(watch: Watch) -> None:
    watch.take_turns()
    abe, ada = watch.hub.as_("abe"), watch.hub.as_("ada")
    id = abe.post(DOOR, {"post": "duty_officer"}).json["id"]
    assert ada.post(f"{DOOR}/{id}/signature").json["state"] == "signed"
    come(watch, MORNING)
    assert held(watch) == ["ada"]
    assert told(watch) == []
    assert due(ada)["due_at"] == (MORNING + timedelta(days=1)).isoformat(timespec="milliseconds")


def test_what_nobody_prepared_is_taken_by_the_incoming_or_by_the_leader_once_it_is_due(watch: Watch) -> None:
    watch.take_turns()
    abe, ada, leader = (watch.hub.as_(login) for login in ("abe", "ada", "anna.leader"))
    id = due(ada)["id"]
    assert ada.post(f"{DOOR}/{id}/signature").status_code == 409
    come(watch, MORNING)
    assert abe.post(f"{DOOR}/{id}/signature").status_code == 403
    assert leader.post(f"{DOOR}/{id}/signature").json["state"] == "taken"
    assert held(watch) == ["ada"]
    come(watch, MORNING + timedelta(days=1))
    id = due(ada)["id"]
    assert watch.hub.as_("ana").post(f"{DOOR}/{id}/signature").json["state"] == "taken"


def test_a_hand_over_is_its_own_desks_and_nobody_elses(watch: Watch) -> None:
    watch.take_turns()
    id = due(watch.hub.as_("ada"))["id"]
    assert watch.hub.as_("ben").post(f"{DOOR}/{id}/signature").status_code == 404
    assert watch.hub.as_("ben").get(DOOR).json["items"] == []
    assert watch.hub.as_("obs").post(f"{DOOR}/{id}/signature").status_code == 403
    assert watch.hub.as_("adm").get(DOOR).status_code == 403
    assert watch.hub.as_("ada").post(DOOR, {"post": "executive"}).status_code == 409


def test_after_a_long_outage_the_last_hand_over_alone_is_called_for(watch: Watch) -> None:
    watch.take_turns()
    watch.hub.clock.at = MORNING + timedelta(days=3, hours=2)
    watch.hub.tick()
    called = [entry["data"] for entry in chains.exported(HOUSE) if entry["kind"] == "handover.called"]
    last = (MORNING + timedelta(days=3)).isoformat(timespec="milliseconds")
    assert [(one["due_at"], one["to"]) for one in called] == [(last, "both"), (last, "leader")]
