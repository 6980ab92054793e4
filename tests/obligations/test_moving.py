"""Debts that go on at another desk by the same clock, and debts that come round without an event."""

from __future__ import annotations

from datetime import timedelta

from incident_hub.engine.loop import ENGINE
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.text import instant
from incident_hub.obligations import actions, queries
from incident_hub.plan.owing import Opening
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, entries, minute, owed, rungs, taken

SITE = "carrier-a/site-001"


def hand_over(expo: Hub, ref: str) -> None:
    """The postal regulator gives the lead to the police."""
    offered = expo.as_("ben").post(f"/incidents/{ref}/lead", {"to": "police/duty", "basis": "案情转为刑事"})
    assert offered.status_code < 300, offered.text
    assert expo.as_("ana").post(f"/incidents/{ref}/lead/answer", {"accept": True}).status_code < 300


def test_what_the_lead_owes_goes_with_the_lead_by_the_same_clock(expo: Hub) -> None:
    ref = expo.as_("dan").open(site=SITE)
    assert expo.as_("ben").post(f"/incidents/{ref}/status", {"to": "responding"}).status_code < 300
    before = debt(expo, ref, "K10", "postal")
    expo.forward(minutes=10)
    hand_over(expo, ref)
    after = debt(expo, ref, "K10", "police")
    assert debt(expo, ref, "K10", "postal")["state"] == "superseded"
    assert (after["starts_at"], after["due_at"]) == (before["starts_at"], before["due_at"])
    assert after["moved_from"] == {
        "id": before["id"], "agency": "postal", "desk": "postal/duty", "post": before["owed_by"]["post"]
    }  # fmt: skip
    assert (after["entered_late"], after["opened_at"]) == (False, NIGHT + timedelta(minutes=10))
    (accepted,) = entries(expo, ref, "lead.accepted")
    assert [one["moved_from"] for one in accepted["opens"] if one["rule"] == "K10"] == ["postal/duty"]
    (gone,) = [one for one in accepted["supersedes"] if one["rule"] == "K10"]
    assert gone["id"] == before["id"]
    assert after["next_step"]["at"] == before["next_step"]["at"]


def test_a_reminder_before_it_moved_reaches_the_new_desk_once_and_blames_nobody(expo: Hub) -> None:
    ref = expo.as_("dan").open(site=SITE)
    assert expo.as_("ben").post(f"/incidents/{ref}/status", {"to": "responding"}).status_code < 300
    before = debt(expo, ref, "K10", "postal")
    first = minute(before["next_step"]["at"])
    expo.forward(minutes=first + 1, step=60)
    assert [at for at, *_ in rungs(expo, ref, before["id"])] == [first]
    hand_over(expo, ref)
    expo.tick()
    after = debt(expo, ref, "K10", "police")
    (told,) = taken(expo, ref, after["id"])
    assert (told["at"], minute(told["was_due"]), bool(told["targets"])) == (first + 1, first, True)
    assert "late_s" not in told
    assert before["id"] not in {one["id"] for one in owed(expo, ref) if one["state"] == "open"}


def daily(desk: str) -> Opening:
    """The daily return of a carrier, due at 18:00."""
    agency, due_at = desk.partition("/")[0], NIGHT + timedelta(hours=2)
    return Opening("K3", "plan", None, agency, desk, "duty_officer", "owes a daily return", NIGHT, due_at)


def test_what_comes_round_opens_one_debt_a_desk_and_occurrence_however_often_it_is_asked(expo: Hub) -> None:
    operation = expo.expo
    both = [daily("carrier-a/duty"), daily("carrier-b/duty")]
    for expected, asked in ((1, both[:1]), (1, both), (0, both)):
        with unit_of_work(operation.id) as at:
            assert actions.open_periodic(operation.id, "2026-09-02T16:00", asked, at, ENGINE) == expected
    with unit_of_work(operation.id) as at:
        assert actions.open_periodic(operation.id, "2026-09-03T16:00", both, at, ENGINE) == 2
    db.session.rollback()
    found = queries.of_subject(operation.id, "EXPO", "operation")
    assert sorted((one["owed_by"]["desk"], one["occurrence"]) for one in found) == [
        (desk, day) for desk in ("carrier-a/duty", "carrier-b/duty") for day in ("2026-09-02T16:00", "2026-09-03T16:00")
    ]
    opened = feeds.entries_of(operation.id, ("operation", "EXPO"), ["obligation.opened"])
    assert [len(one["data"]["opens"]) for one in opened] == [1, 1, 2]
    mine = expo.as_("dan").get("/me/desk").json["obligations"]
    assert {one["due_at"] for one in mine} == {instant(NIGHT + timedelta(hours=2))}
