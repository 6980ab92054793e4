from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from incident_hub.agencies import actions, admission, askers, passwords, queries, routes
from incident_hub.kernel import clock
from incident_hub.kernel.database import db

from .conftest import PASSWORD, House


def sign_in(browser: Any, login: str = "ana", password: str = PASSWORD, **more: Any) -> Any:
    return browser.post("/api/v1/session", json={"login": login, "password": password, **more})


def form(browser: Any, login: str = "ana", password: str = PASSWORD, address: str = "/sign-in", **more: Any) -> Any:
    mark = browser.get("/sign-in").text.split("|")[1]
    return browser.post(address, data={"csrf": mark, "login": login, "password": password, **more})


def secret(browser: Any) -> str:
    cookie = browser.get_cookie(askers.COOKIE)
    assert cookie is not None
    return cookie.value


def test_the_form_lets_a_member_in_with_a_cookie_scripts_cannot_read(house: House):
    browser = house.browser()
    answer = form(browser)
    assert (answer.status_code, answer.location) == (303, "/")
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("hub_session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert browser.get("/api/v1/me").json["login"] == "ana"


def test_over_https_the_cookie_is_secure(house: House):
    answer = house.browser().post(
        "/api/v1/session", json={"login": "ana", "password": PASSWORD}, base_url="https://localhost"
    )
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_form_without_this_pages_mark_is_refused_even_with_the_right_password(house: House):
    browser = house.browser()
    data = {"login": "ana", "password": PASSWORD, "csrf": ""}
    assert browser.post("/sign-in", data=data).status_code == 400
    browser.get("/sign-in")
    answer = browser.post("/sign-in", data={**data, "csrf": "guessed"})
    assert answer.status_code == 400
    assert routes.NOT_OURS in answer.text
    assert browser.get_cookie(askers.COOKIE) is None


def test_wrong_password_unknown_login_and_disabled_member_read_the_same(house: House):
    with house.acting() as at:
        actions.disable_member(house.member("ben").id, at=at, by=actions.HUB)
    wrong = [
        sign_in(house.browser(), "ana", "wrong"),
        sign_in(house.browser(), "nobody", PASSWORD),
        sign_in(house.browser(), "ben", PASSWORD),
    ]
    assert {answer.status_code for answer in wrong} == {401}
    assert len({answer.data for answer in wrong}) == 1
    assert wrong[0].json["detail"] == admission.WRONG
    assert len(house.entries("sign_in.refused")) == 3
    page = form(house.browser(), "ana", "wrong")
    assert page.status_code == 401
    assert f"|ana|{admission.WRONG}" in page.text


def test_a_refusal_does_not_keep_what_was_typed_as_an_unknown_login(house: House):
    sign_in(house.browser(), "my secret password", "x")
    (refused,) = house.entries("sign_in.refused")
    assert (refused.subject, refused.data) == ("sign_in/unknown", {"member": None})
    assert house.words(refused.number) == {"address": "127.0.0.1"}


@pytest.mark.parametrize("login", ["ana", "nobody"])
def test_an_unknown_login_costs_the_same_hashing_as_a_known_one(
    house: House, monkeypatch: pytest.MonkeyPatch, login: str
):
    worked: list[str] = []
    real = passwords._aside
    monkeypatch.setattr(passwords, "_aside", lambda work, *parts: worked.append("hashing") or real(work, *parts))
    sign_in(house.browser(), login, "wrong")
    assert worked == ["hashing"]


def test_no_unit_of_work_is_open_while_a_password_is_hashed(house: House, monkeypatch: pytest.MonkeyPatch):
    states: list[bool] = []
    real = passwords._aside

    def watched(work: Any, *parts: Any) -> Any:
        states.append(db.session.info.get("work") is None and not db.session().in_transaction())
        return real(work, *parts)

    monkeypatch.setattr(passwords, "_aside", watched)
    assert sign_in(house.browser()).status_code == 201
    assert states == [True]


def test_signing_in_again_gives_another_session_and_ends_the_one_before(house: House):
    browser = house.browser()
    sign_in(browser)
    first = secret(browser)
    sign_in(browser)
    second = secret(browser)
    assert first != second
    left = house.browser()
    left.set_cookie(askers.COOKIE, first)
    assert left.get("/api/v1/me").status_code == 401
    assert browser.get("/api/v1/me").status_code == 200
    assert house.kinds()[-3:] == ["session.opened", "session.opened", "session.ended"]


def test_a_session_brought_along_from_elsewhere_is_never_taken_over(house: House):
    browser = house.browser()
    browser.set_cookie(askers.COOKIE, "planted")
    sign_in(browser)
    assert secret(browser) != "planted"


def test_a_revoked_session_is_refused_at_the_next_request(house: House):
    browser = house.browser()
    sign_in(browser)
    with house.acting() as at:
        assert actions.end_sessions_of(house.member("ana").id, at=at, by=actions.HUB) == 1
    answer = browser.get("/api/v1/me")
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


def test_a_change_needs_the_sessions_own_mark_and_reading_does_not(house: House):
    browser = house.browser()
    csrf = sign_in(browser).json["csrf"]
    refused = browser.post("/api/v1/trial", json={})
    assert (refused.status_code, refused.json["detail"]) == (403, routes.NO_CSRF)
    assert browser.post("/api/v1/trial", json={}, headers={"X-CSRF-Token": "guessed"}).status_code == 403
    assert browser.post("/api/v1/trial", data={"csrf": "guessed"}).status_code == 403
    assert browser.post("/api/v1/trial", json={}, headers={"X-CSRF-Token": csrf}).json["may"] == "yes"
    assert browser.get("/api/v1/me").json["csrf"] == csrf


def test_another_members_mark_does_not_serve(house: House):
    ana, ben = house.browser(), house.browser()
    sign_in(ana)
    mark = sign_in(ben, "ben").json["csrf"]
    assert ana.post("/api/v1/trial", json={}, headers={"X-CSRF-Token": mark}).status_code == 403


def test_a_form_of_another_site_cannot_sign_anybody_in_by_the_script_door(house: House):
    body = '{"login": "ana", "password": "correct horse"}'
    answer = house.browser().post("/api/v1/session", data=body, content_type="text/plain")
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_the_desk_belongs_to_the_tab_and_must_be_ones_own(house: House):
    browser = house.browser()
    sign_in(browser)
    at_joint = browser.get("/api/v1/me", headers={"Hub-Desk": "police/joint"}).json
    assert (at_joint["desk"], at_joint["role"], at_joint["may"]) == (
        "police/joint",
        "observer",
        ["board.read", "review.read", "roster.read", "notice.read", "address.own"],
    )
    assert browser.get("/api/v1/me").json["role"] == "duty_officer"
    refused = browser.get("/api/v1/me", headers={"Hub-Desk": "carrier-a/duty"})
    assert refused.status_code == 403
    assert refused.json["detail"] == (
        "You have no seat at the desk carrier-a/duty; you may act at police/duty. Change Hub-Desk."
    )


def test_signing_in_at_a_desk_that_is_not_ones_own_opens_nothing(house: House):
    for desk in ("carrier-a/duty", "moon/duty"):
        browser = house.browser()
        assert sign_in(browser, desk=desk).status_code == 403
        assert browser.get_cookie(askers.COOKIE) is None


def test_signing_out_ends_the_session_and_takes_the_cookie_back(house: House):
    browser = house.browser()
    csrf = sign_in(browser).json["csrf"]
    kept = secret(browser)
    assert browser.post("/sign-out").status_code == 403
    assert browser.post("/sign-out", data={"csrf": csrf}).location == "/sign-in"
    assert browser.get_cookie(askers.COOKIE) is None
    browser.set_cookie(askers.COOKIE, kept)
    assert browser.get("/api/v1/me").status_code == 401


def test_own_sessions_are_listed_and_ended_and_anothers_are_not_known(house: House):
    desk, phone, ben = house.browser(), house.browser(), house.browser()
    sign_in(desk)
    house.clock.forward(minutes=1)
    csrf = sign_in(phone).json["csrf"]
    sign_in(ben, "ben")
    items = phone.get("/api/v1/sessions").json["items"]
    assert [item["here"] for item in items] == [True, False]
    theirs = ben.get("/api/v1/sessions").json["items"][0]["id"]
    mark = {"X-CSRF-Token": csrf}
    assert phone.delete(f"/api/v1/sessions/{theirs}", headers=mark).status_code == 404
    assert phone.delete(f"/api/v1/sessions/{items[1]['id']}", headers=mark).json == {"ended": True}
    assert desk.get("/api/v1/me").status_code == 401
    assert phone.get("/api/v1/me").status_code == 200


def test_the_eleventh_try_within_a_minute_is_refused_in_words_and_the_account_stays_open(house: House):
    for _ in range(10):
        assert sign_in(house.browser(), "ana", "wrong").status_code == 401
    refused = sign_in(house.browser(), "Ana", PASSWORD)
    assert (refused.status_code, refused.json["detail"]) == (429, admission.TOO_OFTEN)
    assert sign_in(house.browser(), "ben").status_code == 201
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    body = {"login": "ana", "password": PASSWORD}
    assert house.browser().post("/api/v1/session", json=body, environ_base=elsewhere).status_code == 201


def test_a_token_needs_no_mark_but_its_scopes(house: House):
    browser = house.browser()
    reading, writing = (token(house, [scope]) for scope in ("incidents:read", "incidents:write"))
    assert browser.post("/api/v1/trial", json={}, headers=writing).json == {"desk": "police/duty", "may": "yes"}
    refused = browser.post("/api/v1/trial", json={}, headers=reading)
    assert refused.status_code == 403
    assert refused.json["detail"].startswith("This token lacks the scope incidents:write")
    assert browser.get("/api/v1/agencies", headers=reading).status_code == 403
    assert browser.get("/api/v1/sessions", headers=reading).status_code == 403
    assert [one["desk"] for one in browser.get("/api/v1/me", headers=reading).json["desks"]] == ["police/duty"]


def test_a_bad_token_is_nobody_even_beside_a_good_cookie(house: House):
    browser = house.browser()
    sign_in(browser)
    assert browser.get("/api/v1/me", headers={"Authorization": "Bearer ih_x_y"}).status_code == 401
    assert browser.get("/api/v1/me", headers={"Authorization": "Basic YTpi"}).status_code == 401


def test_a_token_ends_with_its_time(house: House):
    held = token(house, ["*"])
    assert house.browser().get("/api/v1/me", headers=held).status_code == 200
    house.clock.forward(minutes=24 * 60)
    assert house.browser().get("/api/v1/me", headers=held).status_code == 401


def test_use_is_noted_once_a_minute_and_is_no_entry(house: House):
    browser = house.browser()
    sign_in(browser)
    began = house.kinds()

    def seen() -> Any:
        return house.fresh(lambda: queries.sessions_of(house.member("ana").id, house.clock.now())[0].seen_at)

    first = seen()
    house.clock.forward(seconds=59)
    browser.get("/api/v1/me")
    assert seen() == first
    house.clock.forward(seconds=1)
    browser.get("/api/v1/me")
    assert seen() == first + timedelta(seconds=60)
    assert house.kinds() == began


def test_a_socket_is_judged_before_it_opens_by_cookie_or_token(house: House):
    browser = house.browser()
    sign_in(browser)
    by_cookie = askers.asker_of_environ({"HTTP_COOKIE": f"{askers.COOKIE}={secret(browser)}"}, clock.now())
    assert by_cookie is not None
    assert (by_cookie.login, by_cookie.desk) == ("ana", "police/duty")
    by_token = askers.asker_of_environ(
        {"HTTP_AUTHORIZATION": token(house, ["board:read"])["Authorization"]}, clock.now()
    )
    assert by_token is not None
    assert by_token.scopes == frozenset({"board:read"})
    assert askers.asker_of_environ({}, clock.now()) is None
    assert askers.asker_of_environ({"HTTP_COOKIE": f"{askers.COOKIE}=x"}, clock.now()) is None


@pytest.mark.parametrize(
    ("wish", "there"),
    [("/board/EXPO", "/board/EXPO"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/")],
)
def test_after_signing_in_one_goes_on_inside_the_house_only(house: House, wish: str, there: str):
    browser = house.browser()
    mark = browser.get("/sign-in").text.split("|")[1]
    data = {"csrf": mark, "login": "ana", "password": PASSWORD}
    assert browser.post("/sign-in", query_string={"next": wish}, data=data).location == there


def test_the_page_speaks_the_language_asked_for(house: House):
    browser = house.browser()
    assert browser.get("/sign-in?lang=en").text.startswith("en|")
    assert browser.get("/sign-in", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}).text.startswith("zh|")
    assert browser.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text.startswith("en|")


def test_the_directory_is_read_with_its_desks_and_sites(house: House):
    browser = house.browser()
    sign_in(browser)
    agencies = {one["code"]: one for one in browser.get("/api/v1/agencies").json["items"]}
    assert [desk["desk"] for desk in agencies["police"]["desks"]] == ["police/duty", "police/joint"]
    assert agencies["police"]["parent"] == "ministry"
    assert len(browser.get("/api/v1/sites").json["items"]) == 1
    assert browser.get("/api/v1/sites?agency=police").json == {"items": [], "next": None}
    assert browser.get("/api/v1/sites?colour=red").status_code == 422


def test_signing_in_with_an_idempotency_key_keeps_no_answer(house: House):
    browser = house.browser()
    keyed = {"Idempotency-Key": "k"}
    body = {"login": "ana", "password": PASSWORD}
    first = browser.post("/api/v1/session", json=body, headers=keyed).json["csrf"]
    assert browser.post("/api/v1/session", json=body, headers=keyed).json["csrf"] != first


def token(house: House, scopes: list[str]) -> dict[str, str]:
    ana, desk = house.member("ana"), house.desk("police/duty")
    with house.acting() as at:
        ends = at + timedelta(days=1)
        made = actions.issue_token(ana.id, desk.id, scopes, label="", expires_at=ends, at=at, by=actions.HUB)
    return {"Authorization": f"Bearer {made}"}
