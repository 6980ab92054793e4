"""Signing in at a real browser: passkeys, the proof that keeps what was typed, a shared desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from incident_hub.kernel.database import db
from tests.board.served import Served
from tests.browser.test_readable import faults

pytestmark = pytest.mark.browser
PIN = "394017"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(hub: Served, browser: Browser) -> Iterator[Page]:
    """A browser at `localhost`, for passkeys know no bare numbers; with a key in it, and no script may break a rule."""
    context = browser.new_context(base_url=hub.url.replace("127.0.0.1", "localhost"), reduced_motion="reduce")
    made = context.new_page()
    made.set_default_timeout(10_000)
    broken: list[str] = []
    made.on("pageerror", lambda fault: broken.append(str(fault)))
    made.on(
        "console", lambda said: broken.append(said.text) if "CSP" in said.text or "Refused to" in said.text else None
    )
    line = context.new_cdp_session(made)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield made
    context.close()
    assert broken == []


def enter(page: Page, login: str, lang: str = "en") -> None:
    page.goto(f"/sign-in?lang={lang}")
    page.fill("#login", login)
    page.fill("#password", f"pw-{login}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board*")


def long_ago(hub: Served) -> None:
    """As if every session had been proved an hour ago."""
    with hub.beside():
        db.session.execute(text("UPDATE session SET proved_at = NULL"))
        db.session.commit()


def test_a_passkey_opens_without_login_and_password(hub: Served, page: Page) -> None:
    enter(page, "ben")
    page.goto("/account")
    page.fill("#key-label", "Token on the key ring")
    page.click("form[data-passkey=add] button")
    page.wait_for_selector("text=Token on the key ring")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in")
    page.click("form[data-passkey=enter] button")
    page.wait_for_url("**/board*")
    page.goto("/account")
    assert page.locator("td", has_text="Passkey").count() == 1
    long_ago(hub)
    page.fill("#pin", PIN)
    page.click("form[data-account='/account/pin'] button")
    page.click("dialog.ask button:has-text('passkey')")
    page.wait_for_selector("#pin-says:has-text('Set')")


@pytest.mark.parametrize(("lang", "login"), [("zh", "ana"), ("en", "cleo")])
def test_the_proof_is_asked_in_between_and_nothing_typed_is_lost(
    hub: Served, page: Page, lang: str, login: str
) -> None:
    enter(page, login, lang)
    page.goto("/account")
    long_ago(hub)
    page.fill("#pin", PIN)
    send = "form[data-account='/account/pin'] button"
    page.click(send)
    page.wait_for_selector("dialog.ask #proof:focus")
    assert faults(page, "the proof") == []
    page.keyboard.press("Escape")
    page.wait_for_selector("form[data-account='/account/pin'] .refusal")
    assert page.input_value("#pin") == PIN
    page.click(send)
    page.fill("#proof", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.ask .refusal")
    page.fill("#proof", f"pw-{login}")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.ask", state="detached")
    page.wait_for_selector("#pin-says time")


def test_who_sits_at_a_shared_desk_stands_on_every_page_and_stands_up_with_one_press(hub: Served, page: Page) -> None:
    with hub.beside():
        db.session.execute(text("UPDATE seat SET role = 'duty_leader' WHERE member_id IN "
                                "(SELECT id FROM member WHERE login = 'dan')"))  # fmt: skip
        db.session.commit()
    enter(page, "dan")
    page.goto("/account")
    page.fill("#pin", PIN)
    page.click("form[data-account='/account/pin'] button")
    page.wait_for_selector("#pin-says time")
    page.fill("#device", "Duty room")
    page.click("form[data-account='/devices'] button")
    page.wait_for_selector("text=Duty room")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sit")
    assert faults(page, "/sit") == []
    page.fill("#pin", PIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/board*")
    for path in ("/operations/EXPO/board", "/desk", "/account", "/operations/EXPO/roster"):
        page.goto(path)
        assert page.locator(".who.is-shared .name").is_visible(), path
    page.click("text=Stand up")
    page.wait_for_url("**/sit")
