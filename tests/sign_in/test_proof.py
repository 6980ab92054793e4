"""The proof before what only a person may do, and the shared desk that is told honestly."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.agencies import proving
from incident_hub.agencies.standing import VERBS
from incident_hub.kernel.database import db
from incident_hub.kernel.models import Entry
from tests.reports.writing import leader

from .conftest import PASSWORD, Browser, Doors

PIN = "394017"
STEP_UP = "urn:incident-hub:step-up-required"


def shared_desk(doors: Doors, *logins: str, desk: str = "carrier-a/duty") -> Browser:
    """A computer that Dora enrolled for her desk, and members with a PIN."""
    leader(doors.hub, "dora", desk)
    Doors(doors.hub)
    for login in ("dora", *logins):
        assert doors.signed_in(login).post("/account/pin", {"pin": PIN}).status_code == 200
    computer = doors.signed_in("dora")
    assert computer.post("/devices", {"label": "值班室 1"}).status_code == 201
    return computer


def assurance(kind: str) -> list[str]:
    db.session.rollback()
    rows = db.session.query(Entry.by).filter(Entry.kind == kind).order_by(Entry.number).all()
    return [by["assurance"] for (by,) in rows]


def test_everything_that_takes_a_proof_is_a_verb_that_exists():
    assert set(VERBS) >= proving.PROVED >= proving.SIGNED


def test_ten_minutes_after_signing_in_widening_access_asks_for_the_password_again(doors: Doors):
    browser = doors.signed_in("ben")
    ref = browser.post("/operations/EXPO/incidents", {"type": "PROH-XRAY", "title": "可疑物品", "tlp": "GREEN"}).json[
        "ref"
    ]
    grant = {"desk": "carrier-b/duty", "role": "informed", "history": "full"}
    doors.hub.clock.forward(seconds=599)
    assert browser.get("/session/proof").json == {"means": ["password"], "proved": True}
    doors.hub.clock.forward(seconds=1)
    refused = browser.post(f"/incidents/{ref}/access", grant)
    assert (refused.status_code, refused.json["type"]) == (403, STEP_UP)
    assert "本人" in refused.json["detail_zh"]
    before = browser.cookie()
    assert browser.post("/session/proof", {"password": "wrong"}).status_code == 403
    assert browser.cookie() == before
    assert browser.post("/session/proof", {"password": PASSWORD}).status_code == 200
    after = browser.cookie()
    assert after != before
    granted = browser.post(f"/incidents/{ref}/access", grant)
    assert granted.status_code in (200, 201), granted.text
    thief = doors.browser()
    thief.client.set_cookie("hub_session", before or "")
    assert thief.get("/me").status_code == 401


def test_who_has_an_authenticator_does_not_prove_it_by_the_password(doors: Doors):
    browser, totp, _ = doors.with_authenticator("ana")
    doors.hub.clock.forward(minutes=20)
    assert browser.post("/session/proof", {"password": PASSWORD}).status_code == 403
    assert browser.post("/session/proof", {"code": doors.code(totp)}).status_code == 200
    assert browser.get("/session/proof").json == {"means": ["code"], "proved": True}


def test_a_token_needs_no_proof_and_gives_none(doors: Doors):
    assert doors.hub.as_("ana").get("/session/proof").status_code == 403
    assert doors.hub.as_("ana").post("/session/proof", {"password": PASSWORD}).status_code == 403


def test_who_sits_down_by_pin_acts_as_the_desk_and_signs_only_as_a_person(doors: Doors):
    computer = shared_desk(doors, "ben", desk="postal/duty")
    assert computer.sit("ben", PIN).status_code == 201
    me = computer.get("/me").json
    assert (me["login"], me["assurance"], me["desk"]) == ("ben", "desk", "postal/duty")
    made = computer.post("/operations/EXPO/incidents", {"type": "PROH-XRAY", "title": "可疑物品", "tlp": "GREEN"})
    assert made.status_code == 201
    assert assurance("incident.opened")[-1] == "desk"
    doors.hub.clock.forward(minutes=11)
    computer.client.get("/desk")
    grant = {"desk": "carrier-b/duty", "role": "informed", "history": "full"}
    path = f"/incidents/{made.json['ref']}/access"
    assert computer.post(path, grant).json["type"] == STEP_UP
    assert computer.post("/session/proof", {"password": PASSWORD}).status_code == 200
    granted = computer.post(path, grant)
    assert granted.status_code in (200, 201), granted.text
    assert assurance("access.granted")[-1] == "desk"


def test_a_pin_alone_is_no_proof(doors: Doors):
    computer = shared_desk(doors, "dan")
    computer.sit("dan", PIN)
    assert computer.get("/session/proof").json["proved"] is False


def test_a_pin_opens_nothing_at_another_computer_and_a_shared_session_does_not_travel(doors: Doors):
    computer = shared_desk(doors, "dan")
    elsewhere = doors.browser()
    assert elsewhere.sit("dan", PIN).status_code == 403
    computer.sit("dan", PIN)
    elsewhere.client.set_cookie("hub_session", computer.cookie() or "")
    assert elsewhere.get("/me").status_code == 401
    assert computer.get("/me").status_code == 200


def test_who_sits_down_next_stands_the_other_up_and_nobody_from_another_desk_sits_there(doors: Doors):
    computer = shared_desk(doors, "dan")
    computer.sit("dan", PIN)
    first = computer.cookie()
    assert computer.sit("ana", PIN).status_code == 401
    assert computer.sit("dora", PIN).status_code == 201
    assert computer.get("/me").json["login"] == "dora"
    old = doors.browser()
    old.client.set_cookie("hub_session", first or "")
    old.client.set_cookie("hub_device", computer.cookie("hub_device") or "")
    assert old.get("/me").status_code == 401


def test_a_seat_nobody_presses_at_is_free_again_though_its_picture_draws_itself(doors: Doors):
    computer = shared_desk(doors, "dan")
    computer.sit("dan", PIN)
    for _ in range(14):
        doors.hub.clock.forward(minutes=1)
        assert computer.get("/operations/EXPO/board").status_code == 200
    doors.hub.clock.forward(minutes=1)
    assert computer.get("/operations/EXPO/board").status_code == 401
    assert computer.client.get("/desk", headers={"Accept": "text/html"}).location.startswith("/sit?next=")


def test_five_wrong_pins_stop_that_member_at_that_computer_and_nobody_else(doors: Doors):
    computer = shared_desk(doors, "dan")
    for _ in range(5):
        assert computer.sit("dan", "000000").status_code == 401
    assert computer.sit("dan", PIN).status_code == 429
    assert computer.sit("dora", PIN).status_code == 201
    assert doors.browser().sign_in("dan").status_code == 201


def test_withdrawing_the_computer_stands_up_whoever_sits_there(doors: Doors):
    computer = shared_desk(doors, "dan")
    computer.sit("dan", PIN)
    leader_ = doors.signed_in("dora")
    (one,) = leader_.get("/devices").json["items"]
    assert doors.signed_in("dan").call("DELETE", f"/devices/{one['id']}").status_code == 403
    assert leader_.call("DELETE", f"/devices/{one['id']}").status_code == 200
    assert computer.get("/me").status_code == 401
    assert computer.sit("dan", PIN).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/account/totp", None), ("POST", "/account/pin", {"pin": "902817"}),
        ("POST", "/account/password", {"password": PASSWORD, "new": "another long sentence"}),
        ("POST", "/account/passkeys/challenge", None), ("POST", "/sessions/end-others", None),
        ("POST", "/devices", {"label": "x"}), ("GET", "/account/tokens", None),
    ],
)  # fmt: skip
def test_a_shared_desk_arranges_nobodys_sign_in(doors: Doors, method: str, path: str, body: Any):
    computer = shared_desk(doors, "dan")
    computer.sit("dora", PIN)
    assert computer.call(method, path, body).status_code == 403
    assert doors.hub.as_("dan").call(method, path, json=body).status_code == 403


def test_ending_all_others_and_changing_the_password_leave_this_browser_alone(doors: Doors):
    here, there, third = (doors.signed_in("ana") for _ in range(3))
    assert here.post("/sessions/end-others").json == {"done": True}
    assert [one.get("/me").status_code for one in (here, there, third)] == [200, 401, 401]
    there.sign_in("ana")
    assert here.post("/account/password", {"password": "wrong", "new": "another long sentence"}).status_code == 422
    done = here.post("/account/password", {"password": PASSWORD, "new": "another long sentence"})
    assert done.status_code == 200
    assert [one.get("/me").status_code for one in (here, there)] == [200, 401]
    assert doors.browser().sign_in("ana").status_code == 401
    assert doors.browser().sign_in("ana", "another long sentence").status_code == 201


def test_over_https_a_cookie_that_a_neighbour_could_set_counts_for_nothing(doors: Doors):
    client = doors.hub.app.test_client()
    made = client.post("/api/v1/session", json={"login": "ana", "password": PASSWORD}, base_url="https://localhost")
    (cookie,) = [line for line in made.headers.getlist("Set-Cookie") if "hub_session" in line]
    assert cookie.startswith("__Host-hub_session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    plain = doors.signed_in("ana").cookie() or ""
    tossed = doors.hub.app.test_client()
    tossed.set_cookie("hub_session", plain, domain="localhost")
    assert tossed.get("/api/v1/me", base_url="https://localhost").status_code == 401
