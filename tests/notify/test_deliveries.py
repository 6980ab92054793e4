"""From the step to the telephone: deliveries through the engine, what comes back, and who holds up whom."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from standardwebhooks import Webhook

from incident_hub.agencies import queries as agencies
from incident_hub.anchors import verifier
from incident_hub.engine import loop
from incident_hub.engine.senders import Senders
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions, queries
from incident_hub.notify.messages import Matter, trial_of
from tests.night import API, Hub
from tests.notify.sinks import SECRET, Gateway, Listener, Service, running

NUMBER = "+8613900000000"


@pytest.fixture
def gateway(expo: Hub) -> Iterator[Service]:
    """A gateway that the Hub sends texts and calls to; Ana has a telephone."""
    with running(Gateway) as made:
        told = {"url": made.url, "secret": SECRET}
        expo.app.config.update(HUB_SMS=told, HUB_VOICE=told, HUB_LINK="https://hub.example")
        for channel in ("sms", "voice"):
            assert expo.as_("ana").post("/addresses", {"channel": channel, "value": NUMBER}).status_code == 201
        yield made


def matter(hub: Hub, minutes: int = 5, **more: Any) -> Matter:
    """Something to be told about the operation; the sooner it is due the worse it is."""
    operation = {name: getattr(hub.expo, name) for name in ("code", "title", "zone", "exercise")}
    made = trial_of(operation, "police", hub.clock.now())
    return replace(made, kind="call", due_at=hub.clock.now().replace(minute=minutes), **more)


def call(hub: Hub, channel: str, step: int = 0, bundle_s: float | None = 300, grave: bool = False, **more: Any) -> None:
    """Have Ana called on one channel about something of the operation."""
    ana, desk = agencies.member_by_login("ana"), agencies.desk("police/duty")
    assert ana is not None
    assert desk is not None
    with unit_of_work(hub.expo.id) as at:
        occasion = actions.Occasion(hub.expo.id, "a debt", step, 0, False, bundle_s, grave)
        assert actions.prepare(occasion, ana, desk.id, channel, matter(hub, **more), at) is None


def states(channel: str = "sms") -> list[str]:
    """How far each notice on a channel has come, in order of step."""
    db.session.rollback()
    rows = [one for one in queries.of_obligation("a debt") if one["channel"] == channel]
    return [one["state"] for one in sorted(rows, key=lambda one: one["step"])]


def delivery() -> str:
    """The id under which the first of them went out."""
    db.session.rollback()
    return str(queries.of_obligation("a debt")[0]["delivery"])


def told(hub: Hub, path: str, body: dict[str, Any], secret: str = SECRET, age: int = 0) -> Any:
    """A gateway that signs and posts."""
    raw, sent_at = orjson.dumps(body), int(hub.clock.now().timestamp()) - age
    signature = Webhook(secret).sign("m1", datetime.fromtimestamp(sent_at, UTC), raw.decode())
    headers = {"Webhook-Id": "m1", "Webhook-Timestamp": str(sent_at), "Webhook-Signature": signature}
    db.session.remove()
    return hub.app.test_client().post(API + path, data=raw, headers=headers)


def test_calls_within_the_bundle_wait_and_go_out_as_one(expo: Hub, gateway: Service) -> None:
    call(expo, "sms")
    expo.tick()
    for step in (1, 2):
        expo.clock.forward(seconds=60)
        call(expo, "sms", step)
        expo.tick()
    assert states() == ["sent", "prepared", "prepared"]
    expo.forward(minutes=4)
    assert states() == ["sent", "sent", "sent"]
    assert len(gateway.texts) == 2
    assert "2 matters" in gateway.texts[1]


def test_what_is_grave_goes_at_once_and_takes_the_waiting_along(expo: Hub, gateway: Service) -> None:
    call(expo, "sms")
    expo.tick()
    expo.clock.forward(seconds=30)
    call(expo, "sms", 1, minutes=30)
    call(expo, "sms", 2, grave=True, minutes=20, what={"zh": "急", "en": "Grave"})
    expo.tick()
    assert states() == ["sent", "sent", "sent"]
    assert "2 matters): Grave" in gateway.texts[1]


def test_calls_without_a_bundle_and_other_channels_never_wait(expo: Hub, gateway: Service) -> None:
    call(expo, "sms")
    call(expo, "sms", 1, bundle_s=None)
    call(expo, "voice", 2)
    expo.tick()
    assert states() == ["sent", "sent"]
    assert states("voice") == ["sent"]


def test_whoever_answered_is_not_called_about_it_any_more(expo: Hub, gateway: Service) -> None:
    call(expo, "sms")
    expo.tick()
    call(expo, "sms", 1)
    ana = agencies.member_by_login("ana")
    assert ana is not None
    with unit_of_work(expo.expo.id) as at:
        actions.read(ana.id, "a debt", at)
    expo.forward(minutes=6)
    assert states() == ["sent", "failed"]
    assert len(gateway.texts) == 1


def test_earnest_and_exercise_never_go_out_as_one(expo: Hub, gateway: Service) -> None:
    call(expo, "sms", grave=True)
    call(expo, "sms", 1, grave=True, exercise=True)
    expo.tick()
    assert sorted("EXERCISE" in text for text in gateway.texts) == [False, True]


def test_a_receipt_moves_a_delivery_forward_once(expo: Hub, gateway: Service) -> None:
    call(expo, "sms")
    expo.tick()
    receipt = {"delivery": delivery(), "state": "delivered"}
    answers = [told(expo, "/gateways/sms/receipts", receipt).json["moved"] for _ in range(2)]
    assert answers == [True, False]
    assert states() == ["delivered"]
    assert told(expo, "/gateways/sms/receipts", receipt | {"state": "read"}).json == {"moved": True}
    assert told(expo, "/gateways/sms/receipts", receipt | {"state": "failed"}).json == {"moved": False}
    assert states() == ["read"]
    (one,) = expo.as_("ana").get("/notices").json["items"]
    history = expo.as_("ana").get(f"/notices/{one['id']}").json["history"]
    assert [one["state"] for one in history] == ["prepared", "claimed", "sent", "delivered", "read"]


@pytest.mark.parametrize(("secret", "age"), [("whsec_AAAA", 0), (SECRET, 400), (SECRET, -400)])
def test_who_does_not_sign_or_signed_long_ago_is_not_heard(expo: Hub, gateway: Service, secret: str, age: int) -> None:
    call(expo, "sms")
    expo.tick()
    answer = told(expo, "/gateways/sms/receipts", {"delivery": delivery(), "state": "read"}, secret, age)
    assert answer.status_code == 401
    assert states() == ["sent"]


def test_a_gateway_that_is_not_there_and_a_delivery_nobody_made_are_not_known(expo: Hub, gateway: Service) -> None:
    assert told(expo, "/gateways/pigeon/receipts", {"delivery": "x", "state": "read"}).status_code == 401
    assert told(expo, "/gateways/sms/receipts", {"delivery": "x", "state": "read"}).status_code == 404


def test_a_key_pressed_counts_as_an_answer(expo: Hub, gateway: Service) -> None:
    ref = expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    owed = expo.as_("ana").get(f"/operations/EXPO/obligations?subject={ref}&agency=police").json["items"][0]["id"]
    ana, desk = agencies.member_by_login("ana"), agencies.desk("police/duty")
    assert ana is not None
    assert desk is not None
    with unit_of_work(expo.expo.id) as at:
        occasion = actions.Occasion(expo.expo.id, owed, 0, 0, False)
        about = matter(expo, noun="incident", ref=ref)
        assert actions.prepare(occasion, ana, desk.id, "voice", about, at) is None
    expo.tick()
    db.session.rollback()
    called = next(one["delivery"] for one in queries.of_obligation(owed) if one["channel"] == "voice")
    for _ in range(2):
        assert told(expo, "/gateways/voice/answers", {"delivery": called, "key": "1"}).status_code == 200
    feed = expo.as_("ana").get("/operations/EXPO/feed?after=0&limit=200").json["items"]
    (said,) = [one for one in feed if one["kind"] == "obligation.acknowledged"]
    assert said["data"]["kind"] == "taken"
    assert (said["by"]["desk"], said["by"]["post"]) == ("police/duty", "duty_officer")
    assert said["by"]["assurance"] == "relayed"


def test_a_wrong_number_is_not_called_again(expo: Hub, gateway: Service) -> None:
    call(expo, "voice")
    expo.tick()
    assert told(expo, "/gateways/voice/answers", {"delivery": delivery(), "key": "3"}).json == {"moved": True}
    assert states("voice") == ["failed"]
    address = next(one for one in expo.as_("ana").get("/addresses").json["items"] if one["channel"] == "voice")
    assert address["bad_why"] == "wrong_number"
    ana, desk = agencies.member_by_login("ana"), agencies.desk("police/duty")
    assert ana is not None
    assert desk is not None
    assert queries.addresses_for(ana, desk.id, "voice") == ([], "bad_address")
    assert queries.addresses_for(ana, desk.id, "sms") == ([NUMBER], None)


def test_a_channel_that_is_dead_is_left_alone_and_holds_up_no_other(expo: Hub, gateway: Service) -> None:
    expo.app.config["HUB_VOICE"] = {"url": "http://127.0.0.1:1", "secret": SECRET}
    for step in range(6):
        call(expo, "voice", step, bundle_s=None)
    call(expo, "sms", 9, bundle_s=None)
    expo.tick()
    assert states() == ["sent"]
    db.session.rollback()
    attempts = [one["attempt"] for one in queries.of_obligation("a debt") if one["channel"] == "voice"]
    assert sorted(attempts) == [0, 1, 1, 1, 1, 1]
    channel = next(one for one in expo.as_("ana").get("/channels").json["items"] if one["name"] == "voice")
    assert channel["left_alone_since"] is not None
    expo.app.config["HUB_VOICE"] = expo.app.config["HUB_SMS"]
    expo.forward(minutes=1)
    assert states("voice") == ["sent"] * 6


def test_a_channel_that_hangs_uses_up_its_own_senders_alone(expo: Hub, gateway: Service) -> None:
    done = threading.Semaphore(0)
    senders = Senders({"sms": 2, "voice": 1}, done.release)
    with running(Gateway) as hanging:
        expo.app.config["HUB_VOICE"] = {"url": hanging.url, "secret": SECRET}
        hanging.ways = ["slow", "slow"]
        call(expo, "voice", 0, bundle_s=None)
        call(expo, "voice", 1, bundle_s=None)
        call(expo, "sms", 2, bundle_s=None)
        loop.run(loop.Pass(expo.app, loop.Aside(), senders=senders), loop.DELIVER)
        # The text message is through while the call still hangs, and the second call was not even begun.
        assert done.acquire(timeout=10)
        assert states() == ["sent"]
        assert sorted(states("voice")) == ["claimed", "prepared"]
        assert senders.busy() == ["voice"]
        hanging.let_go.set()
        senders.wait(10)
    assert sorted(states("voice")) == ["prepared", "sent"]
    assert senders.busy() == []


def test_a_desk_is_told_once_by_its_webhook_and_gone_means_gone(expo: Hub) -> None:
    with running(Listener) as listener:
        expo.app.config.update(HUB_LET_THROUGH=f"127.0.0.1:{listener.port}", HUB_LINK="https://hub.example")
        leader = expo.as_("anna.leader")
        refused = leader.post("/webhooks", {"url": "https://127.0.0.1/hook"})
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/url")
        made = leader.post("/webhooks", {"url": f"{listener.url}/hook"}).json
        db.session.execute(db.text("UPDATE webhook SET secret = :secret"), {"secret": SECRET})
        db.session.commit()
        for _ in range(2):
            call(expo, "webhook", bundle_s=None)
        expo.tick()
        assert len(listener.texts) == 1
        expo.forward(minutes=61, step=60)
        assert [one["at"] for one in listener.seals] == sorted({one["at"] for one in listener.seals})
        assert len(listener.seals) == 2
        for one in listener.seals:
            bare = {name: value for name, value in one.items() if name != "signature"}
            assert verifier.holds(one["key"], one["signature"], verifier.canonical(bare))
        listener.ways = ["refuse"]
        call(expo, "webhook", 1, bundle_s=None)
        expo.tick()
        (shown,) = leader.get("/webhooks").json["items"]
        assert shown["stopped_why"] == "gone"
        deliveries = leader.get(f"/webhooks/{made['id']}/deliveries").json["items"]
        assert sorted(one["state"] for one in deliveries) == ["failed", "sent", "sent", "sent"]
        assert expo.as_("ana").get("/webhooks").status_code == 403
        assert expo.as_("ben").get(f"/webhooks/{made['id']}/deliveries").status_code in (403, 404)
