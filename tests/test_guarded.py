"""What guards every door and page alike: headers, hosts, from which page something came, and what it may look like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from werkzeug.routing import Rule

from incident_hub.agencies import actions
from incident_hub.agencies.askers import COOKIE
from incident_hub.kernel import pages
from incident_hub.kernel.database import db, unit_of_work
from tests.night import Hub

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
SECRET = "the secret in the cookie of ana"
EVIL = "http://evil.example"
# What single pages say instead, each narrower than what all others say.
NARROWER = {
    "Content-Security-Policy": ("default-src 'none'; sandbox",),
    "Referrer-Policy": ("no-referrer",),
}
REFUSED = "This came from a page that is not the Hub's own"


@pytest.fixture
def browser(expo: Hub) -> Any:
    """Ana's browser, signed in, with the mark of her session."""
    made: Any = expo.app.test_client()
    member = expo.as_("ana").get("/me").json["member"]
    with unit_of_work() as at:
        ana = actions.Knock(member, True, "127.0.0.1", None)
        actions.enter(ana, None, SECRET, at=at)
    made.set_cookie(COOKIE, SECRET)
    made.mark = made.get("/api/v1/me").json["csrf"]
    return made


def rules(hub: Hub) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with each of its methods and an address that fits it."""
    adapter = hub.app.url_map.bind("localhost")
    for rule in hub.app.url_map.iter_rules():
        parts = {name: "EXPO" if name == "op" else "x" for name in rule.arguments}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, adapter.build(rule.endpoint, parts, method=method)


def test_every_answer_of_every_route_carries_the_headers(expo: Hub, browser: Any) -> None:
    seen = 0
    for _, method, path in [
        *rules(expo),
        *((None, "GET", path) for path in ("/nowhere", "/static/nothing.js", "/readyz")),
    ]:
        for who in (expo.app.test_client(), browser):
            answer = who.open(path, method=method, json={} if method in UNSAFE else None)
            for name, value in pages.SAFE:
                given = answer.headers.get(name, "")
                assert given == value or given in NARROWER.get(name, ()), (method, path, name, given)
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            if not path.startswith("/static/"):
                assert "no-store" in answer.headers["Cache-Control"], (method, path)
            assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"]
            seen += 1
    assert seen > 400


def test_https_is_asked_for_again_where_it_was_used(expo: Hub) -> None:
    asked = expo.app.test_client().get("/sign-in", base_url="https://localhost")
    assert asked.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Secure" in asked.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in expo.app.test_client().get("/sign-in").headers


def test_a_hub_behind_tls_knows_that_it_is_by_its_link_and_by_no_header(expo: Hub) -> None:
    expo.settings["HUB_LINK"] = "https://hub.example.org"
    expo.restart()
    asked = expo.app.test_client().get("/sign-in", base_url="http://hub.example.org")
    assert "Secure" in asked.headers["Set-Cookie"]
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "Forwarded": "proto=https"}
    assert "Secure" not in expo.app.test_client().get("/sign-in", headers=forged).headers["Set-Cookie"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a.localhost", "localhost@evil.example", ""],
)
def test_a_host_that_is_not_ours_is_refused_and_named_nowhere(expo: Hub, host: str) -> None:
    for path in ("/sign-in", "/api/v1/me", "/healthz", "/static/x.js"):
        answer = expo.app.test_client().get(path, headers={"Host": host, "Accept": "text/html"})
        assert answer.status_code == 400, (host, path)
        assert not host or host not in answer.text
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_links_are_made_of_the_settings_and_never_of_what_a_request_says(expo: Hub, browser: Any) -> None:
    expo.settings["HUB_LINK"] = "https://hub.example.org"
    forged = {"X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "Forwarded": "host=evil.example"}
    for _, method, path in rules(expo):
        if method == "GET":
            answer = browser.open(path, headers=forged)
            assert "evil.example" not in str(answer.data) + str(answer.headers), path


def test_nothing_is_changed_from_a_page_that_is_not_ours(expo: Hub, browser: Any) -> None:
    before, seen = written(), 0
    for rule, method, path in rules(expo):
        if method not in UNSAFE:
            continue
        seen += 1
        for headers in (
            {"Origin": EVIL},
            {"Origin": "null"},
            {"Origin": "http://a.localhost"},
            {"Sec-Fetch-Site": "cross-site"},
        ):
            for body in ({"json": {}}, {"data": {"csrf": browser.mark}}):
                answer = browser.open(path, method=method, headers={**headers, "X-CSRF-Token": browser.mark}, **body)
                assert answer.status_code == 403, (method, path, headers)
                assert REFUSED in answer.json["detail"], rule
    assert seen > 100
    assert written() == before


def test_a_cookie_alone_changes_nothing(expo: Hub, browser: Any) -> None:
    before = written()
    # Coming in needs no session yet: those doors are kept by whose page it came from, and by what is shown at them.
    by_themselves = {one.path for one in expo.app.extensions["hub_doors"] if one.signed or "<secret>" in one.path}
    for rule, method, path in rules(expo):
        door = rule.rule.removeprefix("/api/v1")
        coming_in = method == "POST" and (door == "/session" or door.startswith("/session/"))
        if method not in UNSAFE or door in by_themselves or coming_in:
            continue
        for body in ({"json": {}}, {"data": {}}, {"data": b"{}", "content_type": "text/plain"}):
            answer = browser.open(path, method=method, **body)
            assert answer.status_code in (400, 401, 403, 404, 303, 405), (method, path, answer.status_code)
            assert answer.status_code != 303 or answer.location.startswith("/sign-in"), (method, path)
        assert browser.get("/api/v1/me").status_code == 200, f"{method} {path} ended the session"
    assert written() == before


def test_a_method_is_what_it_is(expo: Hub, browser: Any) -> None:
    before = written()
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = browser.get("/api/v1/session?_method=DELETE", headers={name: "DELETE", "X-CSRF-Token": browser.mark})
        assert answer.status_code in (404, 405)
    assert browser.open("/api/v1/me", method="TRACE").status_code == 405
    assert browser.get("/api/v1/me").status_code == 200
    assert written() == before


def test_a_word_of_an_address_is_said_once(expo: Hub) -> None:
    ana = expo.as_("ana")
    answer = ana.get("/operations/EXPO/incidents?limit=5&limit=500")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/limit")
    assert ana.get("/operations/EXPO/incidents?limit=5").status_code == 200


@pytest.mark.parametrize(
    "body", [b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 100_000, b'{"title":' + b"[" * 900 + b"]" * 900 + b"}"]
)
def test_a_body_that_is_nested_too_deep_is_refused_at_once(expo: Hub, body: bytes) -> None:
    answer = expo.as_("ana").call("POST", "/operations/EXPO/incidents", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_no_door_takes_a_field_it_does_not_name(expo: Hub) -> None:
    # Mass assignment: whatever a row holds, only what a door names is ever taken from outside.
    asked = {model for one in expo.app.extensions["hub_doors"] for model in (one.takes, one.query) if model}
    assert len(asked) > 80
    shapes = {one for model in asked for one in within(model)}
    assert [one.__qualname__ for one in shapes if one.model_config.get("extra") != "forbid"] == []
    ref, ana = expo.as_("dan").open(), expo.as_("ana")
    for name in ("id", "ref", "status", "version", "lead", "by", "at", "operation", "chain"):
        answer = ana.patch(f"/incidents/{ref}", {"title": "x", name: "x"}, 1)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, f"/{name}")


def within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A shape and every shape in it."""
    yield model
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            one = waiting.pop()
            waiting += get_args(one)
            if isinstance(one, type) and not get_args(one) and issubclass(one, BaseModel) and one is not model:
                yield from within(one)


def written() -> list[Any]:
    """How long every chain is, and how many sessions have ended."""
    db.session.rollback()
    found = db.session.execute(text("SELECT id, number FROM chain ORDER BY id")).all()
    ended = db.session.execute(text("SELECT count(*) FROM session WHERE revoked_at IS NOT NULL")).scalar()
    db.session.rollback()
    return [*found, ended]
