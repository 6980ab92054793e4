"""The lead goes over by offer and acceptance, or by direction; there is never a moment without one."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both
# Rules of the plan that the lead of such a find owes, by hand.
GO_WITH_THE_LEAD = {"K10"}


def lead(hub: Hub, login: str, ref: str, **body: str) -> Any:
    return hub.as_(login).post(f"/incidents/{ref}/lead", {"basis": "案情转为刑事", **body})


@pytest.fixture
def ref(expo: Hub) -> str:
    return expo.as_("dan").open("PROH-XRAY", site="carrier-a/site-001")


def test_an_offer_changes_nothing_until_it_is_accepted(expo: Hub, ref: str) -> None:
    offered = lead(expo, "ben", ref, to="police/duty")
    assert (offered.status_code, offered.json["lead"]) == (200, "postal")
    assert offered.json["lead_offer"]["desk"] == "police/duty"
    taken = expo.as_("ana").post(f"/incidents/{ref}/lead/answer", {"accept": True})
    assert (taken.json["lead"], taken.json["lead_offer"]) == ("police", None)
    roles = {one["desk"]: one["role"] for one in taken.json["access"]}
    assert (roles["police/duty"], roles["postal/duty"]) == ("lead", "support")
    assert [role for role in roles.values() if role == "lead"] == ["lead"]


def test_declining_takes_a_reason_and_the_lead_stays(expo: Hub, ref: str) -> None:
    lead(expo, "ben", ref, to="police")
    ana = expo.as_("ana")
    assert ana.post(f"/incidents/{ref}/lead/answer", {"accept": False}).status_code == 422
    declined = ana.post(f"/incidents/{ref}/lead/answer", {"accept": False, "reason": "无警力"})
    assert (declined.json["lead"], declined.json["lead_offer"]) == ("postal", None)
    assert ana.post(f"/incidents/{ref}/lead/answer", {"accept": True}).status_code == 409


@pytest.mark.parametrize(
    ("login", "body", "status"),
    [
        ("ana", {"to": "police/duty"}, 403),
        ("ben", {"to": "carrier-b/duty"}, 422),
        ("ben", {"to": "nowhere/duty"}, 422),
        ("ben", {"to": "postal/duty"}, 409),
        ("ben.leader", {"to": "police/duty", "mode": "direct"}, 403),
        ("cleo", {"to": "police/duty"}, 404),
    ],
)
def test_who_may_not_hand_the_lead_over_is_refused(
    expo: Hub, ref: str, login: str, body: dict[str, str], status: int
) -> None:
    assert lead(expo, login, ref, **body).status_code == status
    assert expo.as_("ben").get(f"/incidents/{ref}").json["lead"] == "postal"


def test_only_the_desk_that_was_asked_may_answer(expo: Hub, ref: str) -> None:
    lead(expo, "ben", ref, to="police/duty")
    assert expo.as_("dan").post(f"/incidents/{ref}/lead/answer", {"accept": True}).status_code == 409


def test_an_incident_under_the_plan_in_force_cannot_be_replanned(expo: Hub, ref: str) -> None:
    response = expo.as_("ben.leader").post(f"/incidents/{ref}/plan", {"reason": "新预案"})
    assert response.status_code == 409
    assert "already" in response.json["detail"]
    assert expo.as_("ben").post(f"/incidents/{ref}/plan", {"reason": "x"}).status_code == 403


def owed(hub: Hub, ref: str, login: str = "ben") -> list[dict[str, Any]]:
    return hub.as_(login).get(f"/operations/EXPO/obligations?subject={ref}").json["items"]


def test_an_offer_that_nobody_answers_is_owed_and_climbs_to_the_leaders(expo: Hub, ref: str) -> None:
    lead(expo, "ben", ref, to="police/duty")
    (debt,) = [one for one in owed(expo, ref) if one["rule"] == "LEAD-ANS"]
    assert (debt["owed_by"]["desk"], debt["state"]) == ("police/duty", "open")
    expo.forward(minutes=11, step=60)
    (debt,) = [one for one in owed(expo, ref) if one["rule"] == "LEAD-ANS"]
    assert debt["state"] == "missed"
    entries = expo.as_("ben").get("/operations/EXPO/feed?limit=1000").json["items"]
    steps = [one["data"] for one in entries if one["kind"] == "obligation.step_taken"]
    reached = {(one["desk"], one["post"]) for step in steps if step["rule"] == "LEAD-ANS" for one in step["targets"]}
    assert reached >= {("police/duty", "duty_officer"), ("police/duty", "duty_leader"), ("postal/duty", "duty_leader")}
    # Late is still an answer, and the lead was postal's all the while.
    assert expo.as_("ben").get(f"/incidents/{ref}").json["lead"] == "postal"
    assert expo.as_("ana").post(f"/incidents/{ref}/lead/answer", {"accept": True}).json["lead"] == "police"
    assert [one["state"] for one in owed(expo, ref) if one["rule"] == "LEAD-ANS"] == ["met_late"]


def test_an_offer_taken_back_or_given_to_another_is_owed_no_longer(expo: Hub, ref: str) -> None:
    ben, path = expo.as_("ben"), f"/incidents/{ref}/lead/withdrawal"
    assert ben.post(path, {"reason": "无移交"}).status_code == 409
    lead(expo, "ben", ref, to="police/duty")
    assert (ben.post(path, {}).status_code, expo.as_("ana").post(path, {"reason": "x"}).status_code) == (422, 403)
    assert ben.post(path, {"reason": "暂不移交"}).json["lead_offer"] is None
    assert expo.as_("ana").post(f"/incidents/{ref}/lead/answer", {"accept": True}).status_code == 409
    lead(expo, "ben", ref, to="police/duty")
    lead(expo, "ben", ref, to="carrier-a/duty")
    states = {one["owed_by"]["desk"]: one["state"] for one in owed(expo, ref) if one["rule"] == "LEAD-ANS"}
    assert states == {"police/duty": "superseded", "carrier-a/duty": "open"}
    expo.as_("ben").delete(f"/incidents/{ref}/access?desk=carrier-a/duty")
    assert ben.get(f"/incidents/{ref}").json["lead_offer"] is None
    assert {one["state"] for one in owed(expo, ref) if one["rule"] == "LEAD-ANS"} == {"superseded"}


def test_whatever_is_said_about_it_somebody_leads_and_owes_by_the_same_instants(expo: Hub, ref: str) -> None:
    dice, path = random.Random(5), f"/incidents/{ref}/lead"
    who = {"police/duty": "ana", "postal/duty": "ben", "carrier-a/duty": "dan"}
    moves = 0
    assert expo.as_("ben").post(f"/incidents/{ref}/status", {"to": "responding"}).status_code == 200
    for _ in range(30):
        expo.clock.forward(seconds=1)
        page = expo.as_("ana").get(f"/incidents/{ref}").json
        leader, asked = leads(page), (page["lead_offer"] or {}).get("desk", "carrier-a/duty")
        due = of_the_lead(expo, ref, leader)
        deed = dice.choice(
            ["accept", "accept", "decline", "withdrawal", "stranger"] if page["lead_offer"] else ["offer"]
        )
        if deed == "offer":
            lead(expo, who[leader], ref, to=dice.choice(list(who)))
        elif deed == "withdrawal":
            expo.as_(who[leader]).post(f"{path}/withdrawal", {"reason": "再议"})
        elif deed == "stranger":
            assert expo.as_("sid").post(f"{path}/answer", {"accept": True}).status_code == 409
        else:
            expo.as_(who[asked]).post(f"{path}/answer", {"accept": deed == "accept", "reason": "说明"})
        page = expo.as_("ana").get(f"/incidents/{ref}").json
        assert leads(page).startswith(f"{page['lead']}/")
        if leads(page) != leader:
            moves += 1
            assert due
            assert due == of_the_lead(expo, ref, leads(page))
    assert moves >= 4


def leads(page: Any) -> str:
    (desk,) = [one["desk"] for one in page["access"] if one["role"] == "lead"]
    return desk


def of_the_lead(hub: Hub, ref: str, desk: str) -> dict[str, str]:
    """The clocks that go with the lead and run at a desk, with their instants."""
    mine = [one for one in owed(hub, ref, "ana") if one["owed_by"]["desk"] == desk and one["state"] == "open"]
    return {one["rule"]: one["due_at"] for one in mine if one["rule"] in GO_WITH_THE_LEAD}
