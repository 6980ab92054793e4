"""Claim, send, settle: at least once, each duplicate under the same id, and never to whom it may not go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import record
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions, queries
from incident_hub.notify.channels import send
from incident_hub.notify.messages import Outcome
from tests.night import Hub
from tests.notify.sink import Sink, smtp_sink
from tests.obligations.debts import debt

ANA = "ana@example.org"
SITE = "carrier-a/site-001"


@pytest.fixture
def sink(expo: Hub) -> Iterator[Sink]:
    """The mail server the Hub writes to."""
    with smtp_sink() as (made, settings):
        expo.app.config.update(settings)
        yield made


def call(expo: Hub) -> str:
    """A class-A find; returns the id of what the police owe."""
    ref = expo.as_("dan").open(site=SITE, attention="A")
    return debt(expo, ref, "ACK", "police")["id"]


def chase(expo: Hub) -> str:
    """A find whose first calls are prepared and not yet sent, since no mail server is set."""
    owed = call(expo)
    expo.app.config["HUB_MAIL"] = {}
    expo.tick()
    return owed


def emails(owed: str) -> list[dict[str, Any]]:
    """The e-mail notices about a debt."""
    db.session.rollback()
    return [one for one in queries.of_obligation(owed) if one["channel"] == "email"]


def test_a_call_is_sent_once_and_shown_in_the_application_at_once(expo: Hub, sink: Sink) -> None:
    owed = call(expo)
    expo.tick()
    expo.tick()
    assert len(sink.to(ANA)) == 1
    db.session.rollback()
    assert {(one["channel"], one["state"]) for one in queries.of_obligation(owed)} == {
        ("email", "sent"), ("in_app", "sent")
    }  # fmt: skip
    (email,) = emails(owed)
    assert sink.to(ANA)[0]["Message-ID"] == f"<{email['delivery']}@example.org>"


def test_a_letter_that_failed_is_tried_again_after_a_pause(expo: Hub) -> None:
    owed = chase(expo)
    assert [(one["state"], one["attempt"]) for one in emails(owed)] == [("prepared", 1)]
    expo.tick()
    assert emails(owed)[0]["attempt"] == 1
    with smtp_sink() as (sink, settings):
        expo.app.config.update(settings)
        expo.forward(seconds=15)
        assert len(sink.to(ANA)) == 1
    assert [(one["state"], one["attempt"]) for one in emails(owed)] == [("sent", 2)]


def test_a_sender_that_dies_after_sending_leads_to_a_duplicate_under_the_same_id(expo: Hub, sink: Sink) -> None:
    owed = call(expo)
    expo.app.config["HUB_MAIL"], set_ = {}, expo.app.config["HUB_MAIL"]
    expo.tick()
    expo.clock.forward(seconds=30)
    with unit_of_work() as at:
        claimed = actions.claim_one(at)
    assert claimed is not None
    send(claimed.channel, claimed.message, {"HUB_MAIL": set_})  # and here the process dies
    expo.app.config["HUB_MAIL"] = set_
    expo.clock.forward(seconds=59)
    with unit_of_work() as at:
        assert actions.give_back(at) == 0
    expo.clock.forward(seconds=2)
    expo.tick()
    letters = [one for one in sink.letters if one["Message-ID"].startswith(f"<{claimed.message.delivery_id}@")]
    assert len(letters) == 2
    with unit_of_work() as at:
        assert not actions.settle(claimed, Outcome(accepted=False, fault="too late"), 0.0, at)
    assert emails(owed)[0]["state"] == "sent"


def test_a_claimed_notice_is_not_claimed_again(expo: Hub) -> None:
    chase(expo)
    expo.clock.forward(seconds=30)
    claims: list[str] = []
    while True:
        with unit_of_work() as at:
            claimed = actions.claim_one(at)
        if claimed is None:
            break
        claims.append(claimed.message.delivery_id)
    assert len(claims) == len(set(claims)) > 1


def test_whoever_was_disabled_meanwhile_is_never_written_to(expo: Hub, sink: Sink) -> None:
    owed = chase(expo)
    person = agencies.member_by_login("ana")
    assert person is not None
    with unit_of_work() as at:
        agencies_actions.disable_member(person.id, at=at, by=CONSOLE)
    expo.app.config["HUB_MAIL"] = {"host": "127.0.0.1", "port": 1}
    expo.clock.forward(seconds=30)
    expo.tick()
    assert [(one["state"], one["fault"]) for one in emails(owed) if one["member"] == person.id] == [
        ("failed", "member disabled")
    ]
    assert sink.to(ANA) == []


def test_a_desk_that_may_no_longer_know_is_not_written_to(expo: Hub, sink: Sink) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    set_, expo.app.config["HUB_MAIL"] = expo.app.config["HUB_MAIL"], {}
    expo.tick()
    desk = agencies.desk("police/duty")
    assert desk is not None
    with unit_of_work(expo.expo.id) as at:
        record.withdraw(expo.expo.id, ("incident", ref), desk.id, at)
    expo.app.config["HUB_MAIL"] = set_
    expo.clock.forward(seconds=30)
    expo.tick()
    assert sink.to(ANA) == []
    assert len(sink.to("ben@example.org")) == 1


def test_late_notices_for_one_person_are_one_message_with_one_id(expo: Hub, sink: Sink) -> None:
    owed = [call(expo) for _ in range(3)]
    expo.clock.forward(minutes=4)
    expo.tick()
    (letter,) = sink.to(ANA)
    assert "3 matters, worst first" in letter["Subject"]
    assert letter.get_content().count("Sent late by") == 0
    states = [one for id in owed for one in emails(id)]
    assert len(states) == 3
    assert len({one["delivery"] for one in states}) == 1
    assert {one["state"] for one in states} == {"sent"}


def test_whoever_answers_a_call_has_read_what_was_shown(expo: Hub, sink: Sink) -> None:
    owed = call(expo)
    expo.tick()
    db.session.rollback()
    person = agencies.member_by_login("ana")
    assert person is not None
    assert [one["obligation"] for one in queries.unread(person.id)] == [owed]
    expo.as_("ana").post(f"/obligations/{owed}/acknowledgement", {"kind": "seen"})
    assert queries.unread(person.id) == []
