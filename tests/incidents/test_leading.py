"""The lead goes over by offer and acceptance, or by direction; there is never a moment without one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both


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
