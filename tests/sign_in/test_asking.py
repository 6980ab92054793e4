"""What an agency asks of whoever signs in for it: the rule, and that there is no way round it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pyotp.totp import TOTP

from incident_hub.agencies import actions as agencies
from incident_hub.agencies.askers import asker_of_session
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.sign_in import actions, codes
from incident_hub.sign_in.asking import Policy, awaited, holds_for_open, second_wanted

from .conftest import PASSWORD, Doors
from .test_proof import PIN, shared_desk

NOW = datetime(2026, 9, 1, tzinfo=UTC)
ASKS = Policy("police", NOW, ("reporter",))


@pytest.mark.parametrize(
    ("seats", "wanted"),
    [
        ([], False),
        ([(Policy("police"), "duty_officer")], False),
        ([(ASKS, "duty_officer")], True),
        ([(ASKS, "reporter")], False),
        ([(ASKS, "reporter"), (Policy("postal"), "duty_officer")], False),
        ([(ASKS, "reporter"), (ASKS, "duty_leader")], True),
        ([(Policy("police", NOW + timedelta(seconds=1)), "duty_officer")], False),
    ],
)
def test_one_seat_that_asks_is_enough(seats: list[tuple[Policy, str]], wanted: bool):
    assert second_wanted(seats, NOW) is wanted


def test_who_has_a_factor_shows_it_asked_or_not():
    told = {(wanted, holds): awaited(wanted, holds) for wanted in (True, False) for holds in (True, False)}
    assert told == {
        (True, True): "factor", (False, True): "factor", (True, False): "enrolment", (False, False): None,
    }  # fmt: skip


@pytest.mark.parametrize("pin", ["123456", "654321", "111111", "12345", "1234567890123", "12a456", "１２３４５７"])
def test_a_pin_that_anybody_would_try_first_is_refused(pin: str):
    assert codes.pin_fault(pin)


def test_a_pin_of_six_digits_that_is_none_of_those_is_taken():
    assert codes.pin_fault("394017") is None


def test_a_member_without_a_factor_is_led_to_set_one_up_and_can_do_nothing_else(doors: Doors):
    with unit_of_work() as at:
        actions.set_policy(Policy("police", at), at=at, by=CONSOLE)
    browser = doors.browser()
    assert browser.sign_in("ana").json["awaits"] == "enrolment"
    for method, path in (("GET", "/me"), ("POST", "/account/totp"), ("DELETE", "/session"), ("GET", "/sessions")):
        assert browser.call(method, path).status_code == 401, path
    client = browser.client
    page = client.get("/sign-in/enrolment?next=/desk")
    mark = page.text.split('name="csrf" value="')[1].split('"')[0]
    assert client.get("/sign-in/enrolment.svg").status_code == 404
    client.post("/sign-in/enrolment", data={"csrf": mark})
    page = client.get("/sign-in/enrolment").text
    assert client.get("/sign-in/enrolment.svg").status_code == 200
    secret = page.split('class="secret">')[1].split("<")[0]
    assert client.post("/sign-in/enrolment", data={"csrf": mark, "code": "000000"}).status_code == 401
    done = client.post("/sign-in/enrolment?next=/desk", data={"csrf": mark, "code": doors.code(TOTP(secret))})
    assert done.status_code == 200
    assert done.text.count("<li><code>") == 10
    assert 'href="/desk"' in done.text
    assert client.get("/api/v1/me").json["login"] == "ana"


def test_the_other_agencies_notice_nothing_and_the_last_factor_stays(doors: Doors):
    browser, _, _ = doors.with_authenticator("ana")
    with unit_of_work() as at:
        actions.set_policy(Policy("police", at), at=at, by=CONSOLE)
    assert doors.browser().sign_in("ben").json["awaits"] is None
    refused = browser.call("DELETE", "/account/totp")
    assert (refused.status_code, "last" in refused.json["detail"]) == (409, True)


def test_an_administrator_sets_it_for_their_own_agency_and_those_beneath_and_for_no_other(doors: Doors):
    with unit_of_work() as at:
        rosa = agencies.add_member("rosa", "Rosa", None, at=at, by=CONSOLE)
        agencies.seat(rosa, "police/duty", "administrator", at=at, by=CONSOLE)
    Doors(doors.hub)
    browser = doors.signed_in("rosa")
    asked = {"second_from": "2026-10-01T00:00:00+08:00", "alone": ["observer"], "idle_minutes": 5}
    answer = browser.post("/agencies/police/sign-in-policy", asked)
    assert (answer.status_code, answer.json["alone"], answer.json["idle_minutes"]) == (200, ["observer"], 5)
    assert browser.post("/agencies/postal/sign-in-policy", asked).status_code == 404
    assert browser.get("/agencies/postal/sign-in-policy").status_code == 404
    assert doors.signed_in("ana").post("/agencies/police/sign-in-policy", asked).status_code == 403
    assert browser.post("/agencies/police/sign-in-policy", {"alone": ["king"]}).status_code == 422
    assert PASSWORD not in answer.text


def test_whoever_is_signed_in_goes_on_until_the_stated_instant_and_then_shows_a_factor_first(doors: Doors):
    ana = doors.signed_in("ana")
    with unit_of_work() as at:
        actions.set_policy(Policy("police", at), at=at, by=CONSOLE)
    doors.hub.tick()
    assert ana.get("/me").status_code == 200
    assert "sessions that are open already too" in ana.client.get("/account?lang=en").text
    doors.hub.clock.forward(minutes=12 * 60 - 1)
    doors.hub.tick()
    assert ana.get("/me").status_code == 200, "the watch on duty is not locked out before"
    doors.hub.clock.forward(minutes=1)
    doors.hub.tick()
    refused = ana.get("/me")
    assert (refused.status_code, "second factor" in refused.json["detail"]) == (401, True)
    led = ana.client.get("/operations", headers={"Accept": "text/html"})
    assert (led.status_code, "/sign-in/enrolment" in led.headers["Location"]) == (302, True)
    doors.hub.tick()
    assert doors.kinds("session.challenged") == ["session.challenged"]


def test_an_agency_may_have_it_hold_at_once_and_others_notice_nothing(doors: Doors):
    factored, totp, _ = doors.with_authenticator("ana")
    before = factored.cookie() or ""
    ana, ben = factored, doors.signed_in("ben")
    with unit_of_work() as at:
        actions.set_policy(Policy("police", at, open_from=at), at=at, by=CONSOLE)
    doors.hub.tick()
    assert (ana.get("/me").status_code, ben.get("/me").status_code) == (401, 200)
    db.session.remove()
    # A socket asks this of what it came with, every time it is told something.
    assert asker_of_session(before, None, clock.now()) is None
    assert ana.show(doors.code(totp)).status_code == 201
    assert ana.get("/me").status_code == 200
    doors.hub.tick()
    assert ana.get("/me").status_code == 200, "once shown it is not asked again"


def test_a_shared_desk_that_is_to_wait_less_waits_less_at_once(doors: Doors):
    computer = shared_desk(doors, "dan")
    computer.sit("dan", PIN)
    with unit_of_work() as at:
        actions.set_policy(Policy("carrier-a", idle_minutes=2), at=at, by=CONSOLE)
    doors.hub.clock.forward(minutes=3)
    assert computer.get("/operations/EXPO/board").status_code == 401


@pytest.mark.parametrize(
    ("second_from", "wish", "holds"),
    [
        (None, None, None), (0, None, 12), (48, None, 60), (-48, None, 12), (0, 0, 0), (0, -5, 0), (0, 3, 3),
        (0, 24 * 30, 24 * 7),
    ],
)  # fmt: skip
def test_from_when_on_it_holds_for_open_sessions(second_from: int | None, wish: int | None, holds: int | None):
    def hours(n: int | None) -> datetime | None:
        return None if n is None else NOW + timedelta(hours=n)

    assert holds_for_open(hours(second_from), hours(wish), NOW) == hours(holds)
