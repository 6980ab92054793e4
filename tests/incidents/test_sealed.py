"""A sealed entry: Anna, who leads at the police, reads it; for Ana beside her and for Ben nothing is there."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.night import Hub
from tests.reports.writing import Person

pytestmark = on_both
SECRET = "线人已在现场"


@pytest.fixture
def ref(expo: Hub) -> str:
    return expo.as_("dan").open("PROH-XRAY", site="carrier-a/site-001")


def seal(hub: Hub, ref: str, login: str = "anna.leader", **more: Any) -> Any:
    body = {"text": SECRET, "audience": "sealed", "posts": ["duty_leader"], **more}
    return hub.as_(login).post(f"/incidents/{ref}/journal", body)


def everything(hub: Hub, login: str, ref: str) -> str:
    """What somebody is given of the incident through every door that could tell of a journal entry."""
    caller, person = hub.as_(login), Person(hub, login)
    told = [
        caller.get(path).text
        for path in (
            f"/incidents/{ref}", f"/incidents/{ref}/journal", "/operations/EXPO/feed?limit=1000",
            "/operations/EXPO/board", "/operations/EXPO/incidents?q=线人", "/operations/EXPO/review",
            f"/operations/EXPO/obligations?subject={ref}", f"/incidents/{ref}/access/preview",
        )
    ]  # fmt: skip
    told += [person.client.get(f"/operations/EXPO/review.{form}").text for form in ("html", "md", "json")]
    return "\n".join(told)


def test_who_holds_a_named_post_reads_it_and_nobody_else_sees_that_it_is_there(expo: Hub, ref: str) -> None:
    before = {login: everything(expo, login, ref) for login in ("ana", "ben", "obs")}
    made = seal(expo, ref)
    assert made.status_code == 201
    mine = expo.as_("anna.leader").get(f"/incidents/{ref}/journal").json["items"]
    assert [(one["text"], one["audience"], one["posts"]) for one in mine] == [(SECRET, "sealed", ["duty_leader"])]
    for login in ("ana", "ben", "obs"):
        told = everything(expo, login, ref)
        assert SECRET not in told, login
        assert made.json["id"] not in told, login
        # Not one position, count or version moved.
        assert len(told) == len(before[login]), login
        strike = expo.as_(login).post(f"/incidents/{ref}/journal/{made.json['id']}/strike", {"reason": "x"})
        assert strike.status_code == (403 if login == "obs" else 404)
    assert SECRET not in Person(expo, "anna.leader").client.get("/operations/EXPO/review.md").text
    assert chains.verify_database(expo.expo.id)[1] is None


def test_it_stops_no_clock_and_is_struck_as_quietly(expo: Hub, ref: str) -> None:
    owed = f"/operations/EXPO/obligations?subject={ref}"
    before = expo.as_("ana").get(owed).json["items"]
    made = seal(expo, ref, kind="action")
    assert expo.as_("ana").get(owed).json["items"] == before
    heads = [expo.as_(login).get("/operations/EXPO/board").json["head"] for login in ("ana", "ben")]
    path = f"/incidents/{ref}/journal/{made.json['id']}/strike"
    assert expo.as_("anna.leader").post(path, {"reason": "写错"}).status_code == 200
    assert [expo.as_(login).get("/operations/EXPO/board").json["head"] for login in ("ana", "ben")] == heads


def test_the_writers_own_post_always_reads_it_and_a_post_the_desk_lacks_is_refused(expo: Hub, ref: str) -> None:
    assert seal(expo, ref, "ana", posts=["duty_leader"]).status_code == 201
    for login in ("ana", "anna.leader"):
        assert len(expo.as_(login).get(f"/incidents/{ref}/journal").json["items"]) == 1, login
    unknown = seal(expo, ref, posts=["chief"])
    assert (unknown.status_code, unknown.json["errors"][0]["pointer"]) == (422, "/posts")
    loose = expo.as_("ana").post(f"/incidents/{ref}/journal", {"text": "x", "posts": ["duty_leader"]})
    assert loose.status_code == 422
