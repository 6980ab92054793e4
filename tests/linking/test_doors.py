"""Two incidents belong together: Ben knows both, Dan and Cleo one each, and learn nothing of the other."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both


@pytest.fixture
def two(expo: Hub) -> tuple[str, str]:
    """One of carrier A, one of carrier B; Ben of the regulator and Ana of the police know both."""
    a = expo.as_("dan").open("PROH-XRAY", "甲公司查获", site="carrier-a/site-001", tlp="AMBER")
    return a, expo.as_("cleo").open("PROH-XRAY", "乙公司查获", site="carrier-b/site-001", tlp="AMBER")


def links(hub: Hub, login: str, ref: str) -> list[dict[str, Any]]:
    return hub.as_(login).get(f"/incidents/{ref}/links").json["items"]


def linked(hub: Hub, one: str, other: str, kind: str = "same_event", login: str = "ben") -> Any:
    return hub.as_(login).post(f"/incidents/{one}/links", {"to": other, "kind": kind})


def test_each_side_sees_it_if_it_may_know_both_and_there_is_no_trace_for_others(
    expo: Hub, two: tuple[str, str]
) -> None:
    a, b = two
    heads = {login: expo.as_(login).get("/operations/EXPO/board").json for login in ("dan", "cleo")}
    assert linked(expo, a, b, "caused_by").status_code == 201
    (there,), (back,) = links(expo, "ana", a), links(expo, "ana", b)
    assert (there["kind"], there["direction"], there["incident"]["ref"]) == ("caused_by", "out", b)
    assert (back["direction"], back["incident"]["title"], back["id"]) == ("in", "甲公司查获", there["id"])
    for login, own, other in (("dan", a, b), ("cleo", b, a)):
        assert links(expo, login, own) == []
        assert expo.as_(login).get(f"/incidents/{other}/links").status_code == 404
        board = expo.as_(login).get("/operations/EXPO/board").json
        assert (board["head"], board["digest"]) == (heads[login]["head"], heads[login]["digest"])
        ending = expo.as_(login).post(f"/incidents/{own}/links/{there['id']}/ending", {"reason": "x"})
        assert ending.status_code == 404
    assert linked(expo, a, b).status_code == linked(expo, b, a).status_code == 409
    assert chains.verify_database(expo.expo.id)[1] is None


def test_who_may_not_know_the_other_cannot_link_to_it_nor_learn_that_it_is_there(
    expo: Hub, two: tuple[str, str]
) -> None:
    a, b = two
    refused = linked(expo, a, b, login="dan")
    assert refused.status_code == 404
    assert refused.json == linked(expo, a, "NOSUCH", login="dan").json
    assert (linked(expo, a, a).status_code, linked(expo, a, b, login="obs").status_code) == (422, 403)


def test_let_in_to_the_other_a_desk_sees_it_sent_away_it_does_not(expo: Hub, two: tuple[str, str]) -> None:
    a, b = two
    linked(expo, a, b)
    expo.forward(minutes=1, engine=False)
    for history, seen in (("from_now", 0), ("full", 1)):
        body = {"desk": "carrier-a/duty", "role": "informed", "history": history}
        assert expo.as_("ben").post(f"/incidents/{b}/access", body).status_code == 201
        assert len(links(expo, "dan", a)) == seen, history
    away = {"desk": "carrier-a/duty", "reason": "不再涉及"}
    assert expo.as_("ben").post(f"/incidents/{b}/access/withdrawal", away).status_code == 200
    assert links(expo, "dan", a) == []
    assert b not in expo.as_("dan").get("/operations/EXPO/feed?limit=1000").text.replace(f'"ref":"{b}"', "")


def test_it_ends_with_a_reason_and_may_be_made_again(expo: Hub, two: tuple[str, str]) -> None:
    a, b = two
    made = linked(expo, a, b).json["id"]
    path = f"/incidents/{b}/links/{made}/ending"
    assert expo.as_("ana").post(path, {}).status_code == 422
    assert expo.as_("ana").post(path, {"reason": "查明无关"}).status_code == 200
    assert expo.as_("ana").post(path, {"reason": "查明无关"}).status_code == 409
    assert [one["ended"]["reason"] for one in links(expo, "ben", a)] == ["查明无关"]
    assert linked(expo, a, b).status_code == 201
    assert [one["ended"] is None for one in links(expo, "ben", a)] == [True, False]
