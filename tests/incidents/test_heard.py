"""What is only heard of stays at its desk; raised, it is an incident like any other."""

from __future__ import annotations

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both
OPERATION = "/operations/EXPO"


def heard_at(hub: Hub, login: str = "dan") -> str:
    return hub.as_(login).open("PROH-XRAY", site="carrier-a/site-001", status="heard")


def test_what_is_heard_is_known_to_its_own_desk_alone(expo: Hub) -> None:
    ref = heard_at(expo)
    assert expo.as_("dan").get(f"/incidents/{ref}").json["status"] == "heard"
    for login in ("ana", "ben", "cleo", "gus"):
        assert expo.as_(login).get(f"/incidents/{ref}").status_code == 404, login
        shown = [one["kind"] for one in expo.as_(login).get(f"{OPERATION}/feed").json["items"]]
        assert "incident.opened" not in shown


def test_raised_it_is_known_to_the_plans_circle_and_led_as_the_plan_says(expo: Hub) -> None:
    ref = heard_at(expo)
    expo.forward(minutes=4)
    raised = expo.as_("dan").post(f"/incidents/{ref}/status", {"to": "reported"})
    assert (raised.status_code, raised.json["status"], raised.json["lead"]) == (200, "reported", "postal")
    roles = {one["desk"]: one["role"] for one in raised.json["access"]}
    assert roles["postal/duty"] == "lead"
    assert roles["carrier-a/duty"] == roles["police/duty"] == "support"
    entry = expo.as_("ana").get(f"{OPERATION}/feed").json["items"][-1]
    assert entry["kind"] == "incident.raised"
    assert set(entry["data"]["fresh"]) == {"postal/duty", "police/duty", "state-security/duty"}
    assert chains.verify_database(expo.expo.id)[1] is None


def test_what_is_dropped_was_known_to_nobody_else(expo: Hub) -> None:
    ref = heard_at(expo)
    dan = expo.as_("dan")
    assert dan.post(f"/incidents/{ref}/status", {"to": "false_alarm"}).status_code == 409
    dropped = dan.post(f"/incidents/{ref}/status", {"to": "false_alarm", "reason": "误听"})
    assert dropped.json["status"] == "false_alarm"
    assert expo.as_("ben").get(f"/incidents/{ref}").status_code == 404


def test_what_is_heard_cannot_be_shared_before_it_is_raised(expo: Hub) -> None:
    body = {"type": "VIOL", "title": "x", "status": "heard", "access": [{"desk": "police/duty", "role": "support"}]}
    response = expo.as_("dan").post(f"{OPERATION}/incidents", body)
    assert response.status_code == 422
    assert "raise it" in response.json["detail"]


def test_an_incident_lies_in_the_areas_of_its_site_or_its_place(expo: Hub) -> None:
    ref = expo.as_("dan").open(site="carrier-a/site-001")
    assert expo.as_("dan").get(f"/incidents/{ref}").json["areas"] == ["harbour"]
    elsewhere = expo.as_("dan").open(place={"text": "somewhere"})
    assert expo.as_("dan").get(f"/incidents/{elsewhere}").json["areas"] == []


def test_a_new_site_brings_its_owner_into_the_circle(expo: Hub) -> None:
    ref = expo.as_("ben").open("PROH-XRAY", site="carrier-a/site-001")
    assert expo.as_("cleo").get(f"/incidents/{ref}").status_code == 404
    version = expo.as_("ben").get(f"/incidents/{ref}").json["version"]
    moved = expo.as_("ben").patch(f"/incidents/{ref}", {"site": "carrier-b/site-001"}, version)
    assert moved.json["site_owner"] == "carrier-b"
    assert expo.as_("cleo").get(f"/incidents/{ref}").json["my_role"] == "support"


def test_what_is_planned_may_lie_ahead(expo: Hub) -> None:
    ref = expo.as_("dan").open("OUTLET", planned_at="2026-10-01T09:00:00+08:00")
    assert expo.as_("dan").get(f"/incidents/{ref}").json["planned_at"].startswith("2026-10-01T01:00:00")
