"""The doors of notices: who sees what, addresses and their owners, the call sheet, and who could be reached now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import record
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions
from incident_hub.notify.messages import trial_of
from tests.night import Hub
from tests.notify.sink import Sink, smtp_sink

SITE = "carrier-a/site-001"


@pytest.fixture
def sink(expo: Hub) -> Iterator[Sink]:
    """The mail server the Hub writes to."""
    with smtp_sink() as (made, settings):
        expo.app.config.update(settings)
        yield made


def on_the_call_sheet(hub: Hub) -> dict[str, Any]:
    """The city hospital, where nobody works in the Hub, is to be called by the police; the line on the call sheet."""
    with unit_of_work() as at:
        agencies_actions.add_agency(
            "hospital", {"zh": "市医院", "en": "City hospital"}, "health", membership="contact_only", at=at, by=CONSOLE
        )
    answer = hub.as_("anna.leader").post(
        "/addresses", {"channel": "desk_call", "value": "010-5550 0100", "desk": "hospital/duty"}
    )
    assert answer.status_code == 201, answer.text
    called, caller = agencies.desk("hospital/duty"), agencies.desk("police/duty")
    assert called is not None
    assert caller is not None
    told = {name: getattr(hub.expo, name) for name in ("code", "title", "zone", "exercise")}
    with unit_of_work(hub.expo.id) as at:
        occasion = actions.Occasion(hub.expo.id, "a debt", 0, 0, False, caller=caller.id)
        matter = trial_of(told, "hospital", at)
        assert actions.call_by_telephone(occasion, called.id, "duty_officer", matter, at) is None
    (line,) = hub.as_("ana").get("/call-sheet").json["items"]
    return line


def test_a_notice_is_known_to_its_own_desk_alone(expo: Hub, sink: Sink) -> None:
    expo.as_("dan").open(site=SITE, attention="A")
    expo.tick()
    mine = expo.as_("ana").get("/notices").json["items"]
    assert {one["channel"] for one in mine} == {"in_app", "email"}
    assert {one["name"] for one in mine} == {"Ana"}
    assert len(expo.as_("anna.leader").get("/notices?of=desk").json["items"]) >= len(mine)
    assert expo.as_("cleo").get("/notices?of=desk").json["items"] == []
    assert expo.as_("cleo").get(f"/notices/{mine[0]['id']}").status_code == 404
    assert expo.as_("adm").get("/notices").status_code == 403
    # Nothing in it says where a person was written to.
    assert "@" not in str(mine)


def test_what_a_desk_may_know_of_no_longer_is_not_said_again(expo: Hub, sink: Sink) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    expo.tick()
    assert {one["subject"]["ref"] for one in expo.as_("ana").get("/notices").json["items"]} == {ref}
    police = agencies.desk("police/duty")
    assert police is not None
    with unit_of_work(expo.expo.id) as at:
        record.withdraw(expo.expo.id, ("incident", ref), police.id, at)
    after = expo.as_("ana").get("/notices").json["items"]
    assert after
    assert {(one["subject"], one["what"], one["path"]) for one in after} == {(None, None, None)}


@pytest.mark.parametrize(
    ("channel", "value"),
    [
        ("sms", "13900000000"), ("voice", "+0"), ("wecom", "https://example.org"), ("ntfy", "a/b"),
        ("web_push", "{}"), ("web_push", '{"endpoint":"http://10.0.0.1/","p256dh":"AA","auth":"AA"}'),
        ("in_app", "x"), ("desk_call", "010-5550 0100"), ("pigeon", "x"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_words(expo: Hub, channel: str, value: str) -> None:
    answer = expo.as_("ana").post("/addresses", {"channel": channel, "value": value})
    assert answer.status_code == 422
    assert answer.json["detail"].endswith(".")


def test_an_address_is_its_owners(expo: Hub) -> None:
    ana = expo.as_("ana")
    id = ana.post("/addresses", {"channel": "sms", "value": "+8613900000000"}).json["id"]
    again = ana.post("/addresses", {"channel": "sms", "value": "+8613900000000"})
    assert again.json["id"] == id
    assert expo.as_("ben").delete(f"/addresses/{id}").status_code == 404
    assert expo.as_("ben").get("/addresses").json["items"] == []
    assert ana.delete(f"/addresses/{id}").json == {"removed": True}
    assert ana.delete(f"/addresses/{id}").status_code == 404


def test_the_telephone_of_a_desk_is_stated_by_its_own_leader(expo: Hub) -> None:
    body = {"channel": "desk_call", "value": "010-5550 0100", "desk": "police/duty"}
    assert expo.as_("ana").post("/addresses", body).status_code == 403
    assert expo.as_("ben.leader").post("/addresses", body).status_code == 403
    assert expo.as_("adm").post("/addresses", body).status_code == 201
    assert expo.as_("anna.leader").post("/addresses", body).status_code == 201
    assert expo.as_("ana").get("/addresses").json["items"][0]["desk"] == "police/duty"


@pytest.mark.parametrize(
    ("answer", "state"), [("understood", "read"), ("no_answer", "failed"), ("wrong_number", "failed")]
)
def test_a_call_by_telephone_is_given_name_number_and_sentence_and_answered_once(
    expo: Hub, answer: str, state: str
) -> None:
    line = on_the_call_sheet(expo)
    assert (line["desk"], line["post"], line["number"]) == ("hospital/duty", "duty_officer", "010-5550 0100")
    assert "测试呼叫" in line["sentence"]["zh"]
    assert "test call" in line["sentence"]["en"]
    path = f"/call-sheet/{line['id']}/answer"
    assert expo.as_("ben").post(path, {"answer": answer}).status_code == 404
    assert expo.as_("ana").post(path, {"answer": answer}).json == {"state": state}
    assert expo.as_("ana").post(path, {"answer": answer}).status_code == 409
    (after,) = expo.as_("ana").get("/call-sheet").json["items"]
    assert (after["state"], after["answer"]) == (state, answer)
    feed = expo.as_("ana").get("/operations/EXPO/feed?after=0&limit=200").json["items"]
    (entry,) = [one for one in feed if one["kind"] == "desk_call.answered"]
    assert (entry["data"]["called"], entry["data"]["answer"]) == ("hospital/duty", answer)
    assert "5550" not in str(entry)


def test_a_wrong_number_of_a_desk_is_not_called_again(expo: Hub) -> None:
    line = on_the_call_sheet(expo)
    expo.as_("ana").post(f"/call-sheet/{line['id']}/answer", {"answer": "wrong_number"})
    called = agencies.desk("hospital/duty")
    assert called is not None
    told = {name: getattr(expo.expo, name) for name in ("code", "title", "zone", "exercise")}
    with unit_of_work(expo.expo.id) as at:
        occasion = actions.Occasion(expo.expo.id, "a debt", 1, 0, False, caller=1)
        fault = actions.call_by_telephone(occasion, called.id, "duty_officer", trial_of(told, "hospital", at), at)
    assert fault == "bad_address"


def test_who_could_be_reached_now_is_said_with_the_reason(expo: Hub, sink: Sink) -> None:
    answer = expo.as_("ana").post("/operations/EXPO/test-calls", {"post": "duty_officer", "send": True})
    assert answer.status_code == 200, answer.text
    reach = {one["channel"]: (one["reachable"], one["why"]) for one in answer.json["items"]}
    assert reach["email"] == (True, None)
    assert reach["in_app"] == (True, None)
    assert reach["sms"] == (False, "channel_unset")
    assert reach["wecom"] == (False, "no_address")
    assert {one["name"] for one in answer.json["items"]} == {"Ana"}
    expo.tick()
    (letter,) = sink.to("ana@example.org")
    assert "Test message" in letter["Subject"] or "测试消息" in letter["Subject"]
    feed = expo.as_("ana").get("/operations/EXPO/feed?after=0&limit=200").json["items"]
    (entry,) = [one for one in feed if one["kind"] == "test_call.made"]
    assert entry["data"]["sent"] is True
    theirs = expo.as_("ben").get("/operations/EXPO/feed?after=0&limit=200").json["items"]
    assert all(one["kind"] != "test_call.made" for one in theirs)


def test_a_vacant_post_and_a_closed_account_are_named(expo: Hub) -> None:
    answer = expo.as_("ana").post("/operations/EXPO/test-calls", {})
    vacant = [one for one in answer.json["items"] if one["why"] == "vacant"]
    assert {one["post"] for one in vacant} == {"deputy", "executive"}
    assert {one["member"] for one in vacant} == {None}


def test_the_people_of_other_agencies_are_reached_by_coordinators_alone(expo: Hub) -> None:
    assert expo.as_("ana").post("/operations/EXPO/test-calls", {"desk": "postal/duty"}).status_code == 403
    assert expo.as_("ana").post("/operations/EXPO/test-calls", {"desk": "nobody/duty"}).status_code == 422
    assert expo.as_("obs").post("/operations/EXPO/test-calls", {}).status_code == 403
    db.session.remove()
