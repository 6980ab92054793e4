"""A link files one return without an account: once, for one unit, until it ends; and it opens nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from incident_hub.agencies.admission import limiter
from incident_hub.kernel import chains
from incident_hub.kernel.database import db
from incident_hub.kernel.text import sha256
from incident_hub.returns.models.links import FilingLink
from tests.databases import on_both
from tests.night import Hub

from .expo import DOOR, QUIET, TODAY, at, begin, day, line

pytestmark = on_both
LINKS = "/operations/EXPO/filing-links"
STATED = {"counts": QUIET, "stated_by": "网点值班"}


@pytest.fixture(autouse=True)
def _uncounted(expo: Hub) -> None:
    limiter.reset()


def made(hub: Hub, *units: str, login: str = "dan", **more: Any) -> list[dict[str, Any]]:
    answer = hub.as_(login).post(LINKS, {"units": list(units), **more} if units else more)
    assert answer.status_code == 201, answer.text
    return answer.json["items"]


def secret(link: dict[str, Any]) -> str:
    return str(link["path"]).removeprefix("/filing/")


def used(hub: Hub, of: str, body: Any = None, address: str = "192.0.2.1") -> Any:
    """Somebody who is not signed in files by a link."""
    where = {"REMOTE_ADDR": address}
    return hub.app.test_client().post(
        f"/api/v1/filing-links/{of}/return", json=STATED if body is None else body, environ_base=where
    )


def looked(hub: Hub, of: str, address: str = "192.0.2.2") -> Any:
    """Somebody who is not signed in opens the address of a link."""
    headers = {"Accept": "text/html"}
    return hub.app.test_client().get(f"/filing/{of}", headers=headers, environ_base={"REMOTE_ADDR": address})


def test_a_link_files_one_return_and_is_used_up(expo: Hub) -> None:
    begin(expo)
    link = made(expo, "A1")[0]
    page = looked(expo, secret(link))
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert "A1" in page.text
    assert "carrier-a/duty" in page.text
    assert not [
        word for word in ("A2营业部", "B1营业部", "Outlet A2", "Outlet B1", "Sign out", "/board") if word in page.text
    ]
    assert used(expo, secret(link)).json == {"state": "received", "late": False, "same": False, "questions": []}
    assert day(expo, "dan") == {"A1": "zero", "A2": "due", "A3": "due"}
    again = used(expo, secret(link))
    assert (again.status_code, "was used" in again.json["detail"]) == (404, True)
    assert "链接已用过一次" in looked(expo, f"{secret(link)}?lang=zh").text
    id = next(one["id"] for one in expo.as_("dan").get(f"{DOOR}?date={TODAY}").json["items"] if one["unit"] == "A1")
    version = expo.as_("dan").get(f"/zero-reports/{id}").json["versions"][0]
    assert {name: version[name] for name in ("channel", "origin", "by", "stated_by")} == {
        "channel": "link", "origin": "own", "by": "carrier-a/duty", "stated_by": "网点值班",
    }  # fmt: skip
    assert chains.verify_database(expo.expo.id)[1] is None


def test_the_record_says_who_made_a_link_and_holds_no_secret(expo: Hub) -> None:
    begin(expo)
    link = made(expo, "A1")[0]
    used(expo, secret(link))
    entries = expo.as_("dan").get("/operations/EXPO/feed").json["items"]
    invited = next(one for one in entries if one["kind"] == "return.invited")
    assert invited["by"]["desk"] == "carrier-a/duty"
    assert invited["data"]["units"][0]["link"] == link["id"]
    filed = next(one for one in entries if one["kind"] == "return.filed")
    assert (filed["by"]["desk"], filed["by"]["assurance"]) == ("carrier-a/duty", "relayed")
    assert secret(link) not in str(entries)
    kept = db.session.scalars(select(FilingLink)).one()
    assert kept.hash == sha256(secret(link).encode())
    listed = expo.as_("dan").get(LINKS).json["items"][0]
    assert (listed["by"], listed["used_at"] is not None, "path" in listed) == ("carrier-a/duty", True, False)


def test_a_link_for_every_unit_that_is_missing_is_made_at_once(expo: Hub) -> None:
    begin(expo)
    expo.as_("dan").post(DOOR, line("A2"))
    assert [one["unit"] for one in made(expo)] == ["A1", "A3"]


def test_a_link_ends_and_a_newer_one_ends_the_older(expo: Hub) -> None:
    begin(expo)
    first, second = made(expo, "A1")[0], made(expo, "A1")[0]
    over = used(expo, secret(first))
    assert (over.status_code, over.json["words"]["zh"]) == (404, "这个链接已失效；请向carrier-a/duty另要一个。")
    soon = (expo.clock.at + timedelta(hours=1)).isoformat()
    short = made(expo, "A2", expires_at=soon)[0]
    expo.forward(minutes=61)
    ended = looked(expo, f"{secret(short)}?lang=en")
    assert (ended.status_code, "has ended" in ended.text, "A2" in ended.text) == (404, True, False)
    assert used(expo, secret(second)).status_code == 201


@pytest.mark.parametrize("hours", [-1, 73])
def test_a_link_ends_after_now_and_within_three_days(expo: Hub, hours: int) -> None:
    begin(expo)
    until = (expo.clock.at + timedelta(hours=hours)).isoformat()
    assert expo.as_("dan").post(LINKS, {"units": ["A1"], "expires_at": until}).status_code == 422


def test_what_is_refused_does_not_use_it_up_and_late_is_late(expo: Hub) -> None:
    begin(expo)
    at(expo, 16, 1)
    link = made(expo, "A1")[0]
    short = {"counts": {"accepted": 3}, "stated_by": "网点值班"}
    assert "inspected" in used(expo, secret(link), short).json["errors"][0]["detail"]
    assert used(expo, secret(link)).json["refusals"][0]["pointer"] == "/late_reason"
    assert used(expo, secret(link), STATED | {"late_reason": "停电"}).json["late"] is True


@pytest.mark.parametrize("more", [{"unit": "A2"}, {"date": "2026-09-16"}, {"stated_at": "2026-09-17T00:00:00Z"}])
def test_a_link_takes_no_other_unit_date_or_instant(expo: Hub, more: dict[str, str]) -> None:
    begin(expo)
    assert used(expo, secret(made(expo, "A1")[0]), STATED | more).status_code == 422
    assert day(expo, "ben")["A1"] == "due"


def test_nobody_makes_links_for_anothers_units(expo: Hub) -> None:
    begin(expo)
    for login in ("cleo", "ben"):
        assert expo.as_(login).post(LINKS, {"units": ["A1"]}).status_code == 404
    assert [one["unit"] for one in made(expo, login="cleo")] == ["B1"]
    assert expo.as_("cleo").post(LINKS, {"units": ["ZZ"]}).status_code == 404
    made(expo, "A1")
    assert [one["unit"] for one in expo.as_("cleo").get(LINKS).json["items"]] == ["B1"]


def test_who_guesses_is_slowed_down_and_a_link_is_not_tried_for_ever(expo: Hub) -> None:
    begin(expo)
    link = made(expo, "A1")[0]
    for n in range(60):
        answer = used(expo, f"guess-{n}", address="192.0.2.66")
        assert answer.status_code == 404
        assert "words" not in answer.json
    assert used(expo, "guess", address="192.0.2.66").status_code == 429
    assert looked(expo, "guess", address="192.0.2.66").status_code == 429
    for _ in range(30):
        assert used(expo, secret(link), {"counts": {}, "stated_by": "x"}).status_code == 422
    assert used(expo, secret(link)).status_code == 429
    assert day(expo, "dan")["A1"] == "due"
    assert "no link that holds" in looked(expo, "guess?lang=en", address="192.0.2.68").text
    assert looked(expo, "x" * 4000, address="192.0.2.67").status_code == 404
