"""People's side of a debt, through the API: who may know, who may answer, what it changes and tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from incident_hub.kernel.text import instant
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, entries, rungs

SITE = "carrier-a/site-001"
ANSWERS = (("settlement", {}), ("acknowledgement", {"kind": "seen"}), ("not-applicable", {"reason": "x"}))


@pytest.fixture
def ref(expo: Hub) -> str:
    """A find without a class, logged by the carrier."""
    return expo.as_("dan").open(site=SITE)


def report(expo: Hub, ref: str) -> str:
    """The id of the carrier's written report."""
    return debt(expo, ref, "K3", "carrier-a")["id"]


def test_the_entry_that_opens_an_incident_says_which_clocks_it_opened(expo: Hub, ref: str) -> None:
    (opened,) = entries(expo, ref, "incident.opened")
    assert {(one["rule"], one["agency"]) for one in opened["opens"]} == {
        ("ACK", "postal"), ("ACK", "police"), ("ACK", "state-security"),
        ("K1", "carrier-a"), ("K3", "carrier-a"), ("K5", "carrier-a"),
    }  # fmt: skip
    written = next(one for one in opened["opens"] if one["rule"] == "K3")
    assert written["due_at"] == instant(NIGHT + timedelta(hours=2))
    assert (written["desk"], written["post"]) == ("carrier-a/duty", "duty_officer")


def test_the_shape_is_the_contracts(expo: Hub, ref: str) -> None:
    items = expo.as_("dan").get("/operations/EXPO/obligations?agency=carrier-a").json["items"]
    first = items[0]
    assert {
        "id", "operation", "rule", "force", "plan_version", "kind", "subject", "owed_by", "starts_at", "opened_at",
        "due_at", "state", "acknowledged", "met_at", "proof", "slack_s", "slack_entered_s", "reason", "next_step",
    } <= set(first)  # fmt: skip
    assert first["owed_by"] == {"agency": "carrier-a", "desk": "carrier-a/duty", "post": "duty_officer"}
    assert [one["due_at"] for one in items] == sorted(one["due_at"] for one in items)
    assert items[0]["next_step"]["to"]


def test_whoever_may_not_know_the_incident_finds_no_debt(expo: Hub, ref: str) -> None:
    for login in ("cleo", "gus"):
        caller = expo.as_(login)
        assert caller.get("/operations/EXPO/obligations").json["items"] == []
        assert caller.get("/me/desk").json["obligations"] == []
        for verb, body in ANSWERS:
            answer = caller.post(f"/obligations/{report(expo, ref)}/{verb}", body)
            assert answer.status_code == 404, (login, verb)
            assert answer.json == caller.post(f"/obligations/NOSUCH/{verb}", body).json


def test_the_owing_agency_settles_its_debt_with_its_slack(expo: Hub, ref: str) -> None:
    expo.clock.forward(minutes=30)
    answer = expo.as_("dan").post(f"/obligations/{report(expo, ref)}/settlement", {"words": "已书面报告"})
    assert answer.status_code == 200
    assert (answer.json["state"], answer.json["proof"], answer.json["slack_s"]) == ("met", "system", 90 * 60)
    (settled,) = entries(expo, ref, "obligation.settled")
    assert settled["settles"][0]["id"] == report(expo, ref)
    assert settled["words"] == "已书面报告"
    again = expo.as_("dan").post(f"/obligations/{report(expo, ref)}/settlement", {})
    assert again.status_code == 409


def test_another_agency_may_know_of_a_debt_and_not_settle_it(expo: Hub, ref: str) -> None:
    answer = expo.as_("ana").post(f"/obligations/{report(expo, ref)}/settlement", {})
    assert answer.status_code == 403
    assert "carrier-a" in answer.json["detail"]
    assert debt(expo, ref, "K3", "carrier-a")["state"] == "open"


def test_what_the_plan_settles_by_a_deed_is_not_settled_by_saying_so(expo: Hub, ref: str) -> None:
    call = debt(expo, ref, "ACK", "police")
    assert call["by_hand"] is False
    answer = expo.as_("ana").post(f"/obligations/{call['id']}/settlement", {})
    assert answer.status_code == 409
    assert "incident.acknowledged" in answer.json["detail"]


def test_a_missed_clock_is_met_after_all_only_by_what_was_said_in_time(expo: Hub, ref: str) -> None:
    expo.clock.forward(minutes=121)
    expo.tick()
    assert debt(expo, ref, "K3", "carrier-a")["state"] == "missed"
    said_at = instant(NIGHT + timedelta(minutes=100))
    speaker = {"agency": "carrier-a", "words_by": "Dan"}
    via = {"channel": "phone", "from": speaker, "stated_at": said_at, "words": "已报"}
    answer = expo.as_("ben").post(f"/obligations/{report(expo, ref)}/settlement", {"via": via})
    assert answer.status_code == 200, answer.text
    assert (answer.json["state"], answer.json["proof"]) == ("met", "stated")
    assert (answer.json["slack_s"], answer.json["slack_entered_s"]) == (20 * 60, -60)
    (settled,) = entries(expo, ref, "obligation.settled")
    assert settled["on_behalf_of"] == "carrier-a/duty"


def test_a_missed_clock_that_is_answered_now_is_met_late(expo: Hub, ref: str) -> None:
    expo.clock.forward(minutes=121)
    expo.tick()
    answer = expo.as_("dan").post(f"/obligations/{report(expo, ref)}/settlement", {})
    assert (answer.json["state"], answer.json["slack_s"]) == ("met_late", -60)


def test_nothing_is_said_in_the_future(expo: Hub, ref: str) -> None:
    later = instant(NIGHT + timedelta(minutes=1))
    answer = expo.as_("dan").post(f"/obligations/{report(expo, ref)}/settlement", {"stated_at": later})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/stated_at"


def test_a_duty_is_found_not_applicable_by_a_leader_of_the_owing_agency_alone(expo: Hub, ref: str) -> None:
    call = debt(expo, ref, "ACK", "police")["id"]
    for login in ("ana", "ben.leader"):
        answer = expo.as_(login).post(f"/obligations/{call}/not-applicable", {"reason": "演练误报"})
        assert answer.status_code == 403, login
    answer = expo.as_("anna.leader").post(f"/obligations/{call}/not-applicable", {"reason": "演练误报"})
    assert (answer.status_code, answer.json["state"]) == (200, "not_applicable")
    assert answer.json["reason"] == "演练误报"
    (found,) = entries(expo, ref, "obligation.found_not_applicable")
    assert (found["obligation"], found["reason"]) == (call, "演练误报")
    expo.forward(minutes=20)
    assert rungs(expo, ref, call) == []


def test_taking_one_debt_stops_its_ladder_and_not_its_clock(expo: Hub, ref: str) -> None:
    call = debt(expo, ref, "ACK", "police")["id"]
    answer = expo.as_("ana").post(f"/obligations/{call}/acknowledgement", {"kind": "taken"})
    assert answer.status_code == 200
    assert answer.json["acknowledged"]["kind"] == "taken"
    assert answer.json["next_step"] is None
    expo.forward(minutes=16)
    assert rungs(expo, ref, call) == []
    assert debt(expo, ref, "ACK", "police")["state"] == "missed"
    assert expo.as_("ben").post(f"/obligations/{call}/acknowledgement", {"kind": "taken"}).status_code == 403


def test_an_observer_answers_nothing(expo: Hub, ref: str) -> None:
    call = debt(expo, ref, "ACK", "police")["id"]
    for verb, body in ANSWERS:
        assert expo.as_("obs").post(f"/obligations/{call}/{verb}", body).status_code == 403, verb


def test_a_repeated_request_settles_once(expo: Hub, ref: str) -> None:
    key = {"Idempotency-Key": "k1"}
    path = f"/obligations/{report(expo, ref)}/settlement"
    first, again = (expo.as_("dan").post(path, {}, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (200, 200, again.json)
    assert len(entries(expo, ref, "obligation.settled")) == 1


def test_a_cadence_goes_on_from_each_update_and_ends_when_the_response_is_lifted(expo: Hub, ref: str) -> None:
    ben = expo.as_("ben")
    assert ben.post(f"/incidents/{ref}/status", {"to": "responding"}).status_code < 300
    first = debt(expo, ref, "K10", "postal")
    expo.clock.forward(minutes=60)
    assert ben.post(f"/incidents/{ref}/journal", {"kind": "action", "text": "现场已封控"}).status_code < 300
    second = debt(expo, ref, "K10", "postal")
    assert (second["state"], second["starts_at"]) == ("open", NIGHT + timedelta(minutes=60))
    assert second["id"] != first["id"]
    for to in ("contained", "lifted"):
        assert ben.post(f"/incidents/{ref}/status", {"to": to}).status_code < 300
    assert debt(expo, ref, "K10", "postal")["state"] == "superseded"
    assert debt(expo, ref, "K13", "postal")["owed_by"]["post"] == "duty_leader"


def test_my_desk_shows_what_my_posts_owe(expo: Hub, ref: str) -> None:
    shown = expo.as_("dan").get("/me/desk").json
    assert (shown["desk"], shown["posts"]) == ("carrier-a/duty", ["duty_officer"])
    assert {one["rule"] for one in shown["obligations"] if one["mine"]} == {"K1", "K3", "K5"}
    urgent = expo.as_("dan").open(site=SITE, attention="A")  # In the night the everyday row keeps quiet.
    expo.tick()
    assert expo.as_("ana").get("/me/desk").json["called"] == [debt(expo, urgent, "ACK", "police")["id"]]


def test_pages_of_debts_follow_one_another_without_loss(expo: Hub, ref: str) -> None:
    whole = [one["id"] for one in expo.as_("ben").get("/operations/EXPO/obligations").json["items"]]
    read: list[str] = []
    cursor = ""
    while True:
        page = expo.as_("ben").get(f"/operations/EXPO/obligations?limit=2{cursor}").json
        read += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert read == whole
    assert expo.as_("ben").get("/operations/EXPO/obligations?cursor=x").status_code == 422


def test_a_pre_report_settles_in_time_and_the_rest_is_owed_from_then_on(expo: Hub) -> None:
    ref = expo.as_("dan").open(site="carrier-a/site-001")
    listed = f"/operations/EXPO/obligations?subject={ref}&agency=carrier-a"
    owed = {one["rule"]: one for one in expo.as_("dan").get(listed).json["items"]}
    expo.forward(minutes=90)
    said = {"completeness": "pre_report", "reason": "伤情仍在核实", "words": "已报送初步情况"}
    settled = expo.as_("dan").post(f"/obligations/{owed['K3']['id']}/settlement", said)
    assert settled.status_code == 200, settled.text
    after = {one["rule"]: one for one in expo.as_("dan").get(listed).json["items"]}
    assert (after["K3"]["state"], after["K3S"]["state"]) == ("met", "open")
    assert after["K3S"]["starts_at"] == after["K3"]["met_at"]
