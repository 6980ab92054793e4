"""The doors of the roster: who may, what comes back, the refusal in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from .conftest import MORNING, Watch

POSTS, SHIFTS, SWAPS = (f"/operations/EXPO/{noun}" for noun in ("posts", "shifts", "swaps"))
TURNS: dict[str, Any] = {
    "post": "duty_officer", "first_on": "2026-09-01", "handovers": ["08:00"], "crews": [["abe"], ["ada"], ["ana"]],
}  # fmt: skip
DAY = timedelta(days=1)


def logins(item: dict[str, Any]) -> list[str]:
    """The names in an answer."""
    return [one["name"] for one in item["members"]]


def test_a_leader_arranges_a_rotation_and_everybody_in_the_operation_sees_who_is_on_duty(watch: Watch) -> None:
    leader = watch.hub.as_("anna.leader")
    made = leader.post(POSTS, TURNS)
    assert made.status_code == 201, made.text
    shown = next(one for one in leader.get(POSTS).json["items"] if one["post"] == "duty_officer")
    assert logins(shown) == ["Ana", "Abe"]
    assert [one["id"] for one in shown["arrangements"]] == [made.json["id"]]
    assert shown["arrangements"][0]["crews"][1][0]["name"] == "Ada"
    for login in ("ana", "cleo"):
        found = watch.hub.as_(login).get(f"{SHIFTS}?desk=police/duty&post=duty_officer").json["items"]
        assert logins(found[2]) == ["Ada"]
        assert "example.org" not in str(found)
    at = (MORNING + DAY).isoformat().replace("+", "%2B")
    duty = watch.hub.as_("cleo").get(f"/operations/EXPO/duty?at={at}").json["items"]
    post = next(one for one in duty if (one["desk"], one["post"]) == ("police/duty", "duty_officer"))
    assert logins(post) == ["Ana"]


def test_an_officer_an_observer_and_another_desk_may_not_arrange(watch: Watch) -> None:
    for login in ("ana", "obs"):
        refused = watch.hub.as_(login).post(POSTS, TURNS)
        assert (refused.status_code, refused.json["type"]) == (403, "urn:incident-hub:not-allowed")
    stranger = watch.hub.as_("ben.leader").post(POSTS, TURNS)
    assert stranger.status_code == 422
    assert "abe" in stranger.json["detail"]
    assert watch.hub.as_("adm").get(POSTS).status_code == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"post": "nobody"}, 422),
        ({"zone": "Mars/Base"}, 422),
        ({"crews": [["ben"]]}, 422),
        ({"crews": []}, 422),
        ({"handovers": ["20:00", "08:00"]}, 422),
        ({"kind": "temporary"}, 422),
        ({"kind": "holidays"}, 422),
        ({"since": "2026-08-01T00:00:00+08:00"}, 422),
        ({"colour": "red"}, 422),
    ],
)
def test_what_does_not_fit_is_refused_in_words(watch: Watch, change: dict[str, Any], status: int) -> None:
    refused = watch.hub.as_("anna.leader").post(POSTS, TURNS | change)
    assert refused.status_code == status
    assert refused.json["detail"]


def test_an_exchange_goes_from_one_to_the_other_to_a_leader(watch: Watch) -> None:
    watch.take_turns()
    ada, ana, leader = (watch.hub.as_(login) for login in ("ada", "ana", "anna.leader"))
    body = {"post": "duty_officer", "since": MORNING.isoformat(), "other": "ana"}
    id = ada.post(SWAPS, body | {"other_since": (MORNING + DAY).isoformat()}).json["id"]
    assert leader.post(f"{SWAPS}/{id}/approval").status_code == 409
    assert ada.post(f"{SWAPS}/{id}/answer", {"accept": True}).status_code == 403
    assert ana.post(f"{SWAPS}/{id}/answer", {"accept": True}).status_code == 200
    assert ana.post(f"{SWAPS}/{id}/approval").status_code == 403
    assert watch.hub.as_("ben.leader").post(f"{SWAPS}/{id}/approval").status_code == 404
    assert leader.post(f"{SWAPS}/{id}/approval").status_code == 200
    assert [one["state"] for one in ada.get(SWAPS).json["items"]] == ["approved"]
    shown = ada.get(f"{SHIFTS}?post=duty_officer").json["items"]
    assert [(logins(one), one["why"]) for one in shown[1:3]] == [(["Ana"], "swap"), (["Ada"], "swap")]
    assert [one["swap"] for one in ada.get("/operations/EXPO/overrides").json["items"]] == [id, id]
    assert watch.hub.as_("ben").get(SWAPS).json["items"] == []


def test_somebody_comes_in_addition_and_somebody_stands_in(watch: Watch) -> None:
    watch.take_turns()
    leader = watch.hub.as_("anna.leader")
    span = {"post": "duty_officer", "since": MORNING.isoformat(), "until": (MORNING + DAY).isoformat()}
    assert leader.post(SHIFTS, span | {"member": "ana"}).status_code == 201
    put = leader.post("/operations/EXPO/overrides", span | {"member": "abe", "instead_of": "ada", "reason": "病假"})
    assert put.status_code == 201
    later = (MORNING + DAY / 2).isoformat().replace("+", "%2B")
    shown = leader.get(f"/operations/EXPO/duty?at={later}").json["items"]
    assert {name for one in shown if one["desk"] == "police/duty" for name in logins(one)} >= {"Abe", "Ana"}
    assert leader.post("/operations/EXPO/overrides", span | {"member": "abe", "instead_of": "ada"}).status_code == 409


def test_gaps_are_asked_for_400_days_ahead_and_no_further(watch: Watch) -> None:
    leader = watch.hub.as_("anna.leader")
    found = leader.get("/operations/EXPO/roster/gaps?post=executive").json["items"]
    assert [(one["kind"], one["members"]) for one in found] == [("gap", [])]
    assert leader.get("/operations/EXPO/roster/gaps?post=duty_officer").json["items"] == []
    far = (MORNING + 500 * DAY).isoformat().replace("+", "%2B")
    assert leader.get(f"/operations/EXPO/roster/gaps?to={far}").status_code == 422


def test_what_is_arranged_ends_when_a_leader_ends_it(watch: Watch) -> None:
    made = watch.take_turns()
    watch.hub.clock.forward(minutes=1)
    leader = watch.hub.as_("anna.leader")
    assert leader.post(f"{POSTS}/deputy/ending", {"id": made}).status_code == 404
    assert leader.post(f"{POSTS}/duty_officer/ending", {"id": made}).status_code == 200
    assert leader.post(f"{POSTS}/duty_officer/ending", {"id": made}).status_code == 409
    assert logins(next(one for one in leader.get(POSTS).json["items"] if one["post"] == "duty_officer")) == ["Abe"]
