"""Authenticators and recovery codes: each code once, wrong ones counted, and nobody locked out by somebody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from incident_hub.agencies.askers import COOKIE
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.sign_in import actions, queries
from incident_hub.sign_in.models import RecoveryCode, Totp
from tests.databases import POSTGRESQL

from .conftest import PASSWORD, Browser, Doors


def test_with_an_authenticator_a_password_alone_opens_nothing(doors: Doors):
    _, totp, _ = doors.with_authenticator("ana")
    half = doors.browser()
    answer = half.sign_in("ana")
    assert (answer.status_code, answer.json["awaits"]) == (201, "factor")
    for path in ("/me", "/sessions", "/operations", "/account/factors", "/operations/EXPO/board"):
        assert half.get(path).status_code == 401, path
    assert half.client.get("/desk", headers={"Accept": "text/html"}).location.startswith("/sign-in/factor?next=")
    before = half.cookie()
    assert half.show(doors.code(totp)).status_code == 201
    assert half.get("/me").json["login"] == "ana"
    assert half.cookie() != before
    assert [one["way"] for one in half.get("/sessions").json["items"]] == ["factor", "password"]


def test_a_code_opens_once_and_so_does_the_one_before_it_only_until_a_later_one_was_used(doors: Doors):
    _, totp, _ = doors.with_authenticator("ana")
    first, second = doors.browser(), doors.browser()
    for one in (first, second):
        one.sign_in("ana")
    code, earlier = doors.code(totp), doors.code(totp, -1)
    assert first.show(code).status_code == 201
    assert second.show(code).status_code == 401
    assert second.show(earlier).status_code == 401
    assert second.show(doors.code(totp, 1)).status_code == 201


@pytest.mark.parametrize("database", ["sqlite", pytest.param(POSTGRESQL, marks=pytest.mark.postgres)], indirect=True)
def test_of_fifty_who_show_one_code_at_once_one_is_let_in(doors: Doors):
    _, totp, codes = doors.with_authenticator("ana")
    member, app = doors.member("ana"), doors.hub.app
    db.session.remove()

    def show(code: str) -> bool:
        with app.app_context():
            try:
                with unit_of_work() as at:
                    return actions.judged(member, code, at=at)
            finally:
                db.session.remove()

    for code in (doors.code(totp), codes[0]):
        with ThreadPoolExecutor(50) as crowd:
            assert sum(crowd.map(show, [code] * 50)) == 1


def test_a_recovery_code_opens_once_however_it_is_typed_and_is_kept_nowhere(doors: Doors):
    _, _, codes = doors.with_authenticator("ana")
    assert len(set(codes)) == 10
    browser = doors.browser()
    browser.sign_in("ana")
    assert browser.show(codes[3].upper().replace("-", " ")).status_code == 201
    assert browser.get("/account/factors").json["codes_left"] == 9
    again = doors.browser()
    again.sign_in("ana")
    assert again.show(codes[3]).status_code == 401
    kept = {row.hash for row in db.session.query(RecoveryCode)}
    assert not kept & {*codes, *(code.replace("-", "") for code in codes)}
    assert doors.kinds("recovery.used") == ["recovery.used"]


def test_the_secret_cannot_be_read_from_the_database_nor_used_in_another_row(doors: Doors):
    _, totp, _ = doors.with_authenticator("ana")
    row = db.session.query(Totp).one()
    assert totp.secret not in row.sealed
    member = doors.member("ben")
    db.session.add(Totp(member_id=member, sealed=row.sealed, step=0, made_at=row.made_at, confirmed_at=row.made_at))
    db.session.commit()
    browser = doors.browser()
    browser.sign_in("ben")
    assert browser.show(doors.code(totp)).status_code == 409


def test_five_wrong_codes_end_a_sign_in_and_the_password_is_asked_again(doors: Doors):
    _, totp, _ = doors.with_authenticator("ana")
    browser = doors.browser()
    browser.sign_in("ana")
    for _ in range(5):
        assert browser.show("000000").status_code == 401
    assert browser.show(doors.code(totp)).status_code == 401
    browser.sign_in("ana")
    assert browser.show(doors.code(totp)).status_code == 201


def test_ten_wrong_codes_stop_that_kind_for_a_while_and_never_the_other_nor_a_session_that_is_open(doors: Doors):
    inside, totp, codes = doors.with_authenticator("ana")
    for _ in range(2):
        thief = doors.browser()
        thief.sign_in("ana")
        assert [thief.show("000000").status_code for _ in range(5)] == [401] * 5
    mine = doors.browser()
    mine.sign_in("ana")
    assert mine.show(doors.code(totp)).status_code == 429
    assert mine.show(codes[0]).status_code == 201
    assert inside.get("/me").status_code == 200
    assert len(queries.tries(doors.member("ana"), 20)) == 10


def test_an_offered_authenticator_opens_nothing_until_its_first_code_was_right(doors: Doors):
    browser = doors.signed_in("ana")
    offered = browser.post("/account/totp").json
    picture = browser.client.get("/api/v1/account/totp.svg", headers=browser.headers)
    assert picture.content_type == "image/svg+xml"
    assert b"<script" not in picture.data
    assert b"style" not in picture.data
    assert browser.post("/account/totp/confirmation", {"code": "000000"}).status_code == 422
    assert doors.signed_in("ana").get("/me").status_code == 200
    assert offered["secret"] in offered["address"]


def test_the_picture_is_gone_once_the_authenticator_is_in_use(doors: Doors):
    browser, _, _ = doors.with_authenticator("ana")
    assert browser.get("/account/totp.svg").status_code == 404
    assert browser.post("/account/totp").status_code == 409


def test_removing_the_authenticator_takes_the_recovery_codes_with_it(doors: Doors):
    browser, _, _ = doors.with_authenticator("ana")
    assert browser.call("DELETE", "/account/totp").json == {"done": True}
    assert db.session.query(RecoveryCode).count() == 0
    assert doors.browser().sign_in("ana").json["awaits"] is None


def test_a_planted_half_session_is_not_taken_over_by_the_second_factor(doors: Doors):
    _, totp, _ = doors.with_authenticator("ana")
    thief = doors.browser()
    thief.sign_in("ana")
    planted = thief.cookie()
    victim = doors.browser()
    victim.client.set_cookie(COOKIE, planted or "")
    assert victim.show(doors.code(totp)).status_code == 201
    assert thief.get("/me").status_code == 401


def test_the_pages_lead_through_without_any_script(doors: Doors):
    _, totp, _ = doors.with_authenticator("ana")
    client = doors.hub.app.test_client()
    mark = client.get("/sign-in").text.split('name="csrf" value="')[1].split('"')[0]
    sent = client.post("/sign-in?next=/desk", data={"csrf": mark, "login": "ana", "password": PASSWORD})
    assert sent.location == "/sign-in/factor?next=%2Fdesk"
    page = client.get(sent.location)
    half = page.text.split('name="csrf" value="')[1].split('"')[0]
    assert client.post(sent.location, data={"csrf": "x", "code": doors.code(totp)}).status_code == 400
    wrong = client.post(sent.location, data={"csrf": half, "code": "000000"})
    assert (wrong.status_code, "used before" in wrong.text or "已用过" in wrong.text) == (401, True)
    assert client.post(sent.location, data={"csrf": half, "code": doors.code(totp)}).location == "/desk"


def test_a_form_elsewhere_cannot_show_a_factor_for_somebody(doors: Doors):
    browser = Browser(doors.hub)
    browser.sign_in("ana")
    sent = browser.client.post("/api/v1/session/factor", data="{}", headers={"Content-Type": "text/plain"})
    assert sent.status_code == 400
