"""Signing in through another house: a real provider on loopback, with its keys, its codes and PKCE checked."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from incident_hub.kernel import clock

from .conftest import Doors


class House:
    """An OpenID provider that lets everybody in as `subject`; `lies` changes what it puts into the next token."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.subject, self.lies = "subject-7", dict[str, Any]()
        self.codes: dict[str, dict[str, str]] = {}
        house = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                if parts.path == "/authorize":
                    code = f"code-{len(house.codes)}"
                    house.codes[code] = asked
                    back = urlencode({"code": code, "state": asked["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                    self.end_headers()
                elif parts.path == "/jwks":
                    self.say({"keys": [house.key.as_dict(private=False)]})
                else:
                    ends = {f"{name}_endpoint": f"{house.url}/{path}" for name, path in
                            (("authorization", "authorize"), ("token", "token"))}  # fmt: skip
                    self.say({"issuer": house.url, "jwks_uri": f"{house.url}/jwks", **ends})

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
                asked = house.codes.pop(sent["code"], None)
                shown = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode()
                basic = base64.b64encode(b"hub:s3cret").decode()
                fits = (
                    asked and asked["code_challenge"] == shown.rstrip("=") and asked["code_challenge_method"] == "S256"
                )
                if not fits or self.headers["Authorization"] != f"Basic {basic}":
                    self.say({"error": "invalid_grant"}, 400)
                    return
                now = int(clock.now().timestamp())
                claims = {"iss": house.url, "aud": "hub", "sub": house.subject, "iat": now, "exp": now + 300}
                claims |= {"nonce": (asked or {})["nonce"]} | house.lies
                key = house.lies.get("key") or house.key
                claims.pop("key", None)
                self.say({"access_token": "x", "token_type": "Bearer",
                          "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)})  # fmt: skip

            def say(self, body: Any, status: int = 200) -> None:
                raw = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[House]:
    made = House()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def linked(doors: Doors, elsewhere: House) -> Doors:
    """Ana of the police linked her account at the other house."""
    elsewhere.subject, elsewhere.lies = "subject-7", {}
    (doors.hub.folder / "providers.toml").write_text(
        f'[[provider]]\nname = "city"\ntitle = {{zh = "市统一认证", en = "City"}}\nagency = "police"\n'
        f'issuer = "{elsewhere.url}"\nclient_id = "hub"\nclient_secret = "s3cret"\n'
    )
    browser = doors.signed_in("ana")
    begun = browser.post("/account/links/city")
    assert begun.status_code == 201, begun.text
    back = over(elsewhere, begun.json["location"])
    assert browser.client.get(back).location == "/account"
    return doors


def over(house: House, location: str) -> str:
    """Go to the other house and come back: the path one comes back to."""
    answer = httpx.get(location, trust_env=False)
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def begin(doors: Doors, onward: str = "/desk") -> tuple[Any, str]:
    """Somebody presses the button of the other house on the sign-in page: (client, where they are sent)."""
    client = doors.hub.app.test_client()
    page = client.get(f"/sign-in?next={onward}")
    assert "/sign-in/with/city" in page.text
    return client, client.get(f"/sign-in/with/city?next={onward}").location


def test_who_linked_an_account_once_comes_in_through_the_other_house(linked: Doors, elsewhere: House):
    client, location = begin(linked)
    asked = parse_qs(urlsplit(location).query)
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    assert client.get(over(elsewhere, location)).location == "/desk"
    assert client.get("/api/v1/me").json["login"] == "ana"
    assert {one["way"] for one in client.get("/api/v1/sessions").json["items"]} == {"provider", "password"}


def test_an_account_that_nobody_linked_opens_nothing_whatever_it_is_called(linked: Doors, elsewhere: House):
    elsewhere.subject, elsewhere.lies = "ana", {"email": "ana@example.org", "preferred_username": "ana"}
    client, location = begin(linked)
    assert client.get(over(elsewhere, location)).status_code == 401
    assert client.get("/api/v1/me").status_code == 401


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(linked: Doors, elsewhere: House):
    client, location = begin(linked)
    back = over(elsewhere, location)
    thief = linked.hub.app.test_client()
    assert thief.get(back).status_code == 401
    assert client.get(back.replace("state=", "state=x")).status_code == 401
    assert client.get(back).location == "/desk"
    assert client.get(back).status_code == 401


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"}, {"iss": "https://elsewhere.example"}, {"aud": "somebody-else"}, {"exp": 1_000_000_000},
        {"aud": ["hub", "other"], "azp": "other"}, {"sub": ""}, {"key": RSAKey.generate_key(2048, {"kid": "one"})},
    ],
    ids=["nonce", "issuer", "audience", "expired", "azp", "nobody", "key"],
)  # fmt: skip
def test_a_token_that_does_not_hold_opens_nothing(linked: Doors, elsewhere: House, lies: dict[str, Any]):
    elsewhere.lies = lies
    client, location = begin(linked)
    assert client.get(over(elsewhere, location)).status_code == 401
    assert client.get("/api/v1/me").status_code == 401


def test_a_link_is_made_once_and_for_members_of_that_agency_alone(linked: Doors, elsewhere: House):
    assert linked.signed_in("ben").post("/account/links/city").status_code == 404
    browser = linked.signed_in("ana")
    back = over(elsewhere, browser.post("/account/links/city").json["location"])
    assert browser.client.get(back, headers={"Accept": "application/json"}).status_code == 409
    assert browser.get("/account/factors").json["linked"] == ["city"]


def test_what_the_agency_asks_is_asked_behind_the_other_house_too(linked: Doors, elsewhere: House):
    linked.with_authenticator("ana")
    client, location = begin(linked)
    assert client.get(over(elsewhere, location)).location == "/sign-in/factor?next=%2Fdesk"
    assert client.get("/api/v1/me").status_code == 401


def test_a_provider_that_says_it_is_another_is_not_believed(linked: Doors, elsewhere: House):
    path = linked.hub.folder / "providers.toml"
    path.write_text(path.read_text().replace(elsewhere.url, elsewhere.url + "/tenant"))
    assert linked.hub.app.test_client().get("/sign-in/with/city").status_code == 401
