"""Two desks at their screens: what one logs the other sees without doing anything, and a third sees nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.board.served import Served
from tests.browser.conftest import Sit

pytestmark = pytest.mark.browser


def test_an_incident_logged_by_keyboard_is_on_the_other_desks_board_and_on_no_strangers(hub: Served, sit: Sit) -> None:
    dan, ana, cleo = sit("dan", "zh", by_form=True), sit("ana", by_form=True), sit("cleo")
    for one in (dan, ana, cleo):
        one.board()
    dan.page.keyboard.press("n")
    dan.page.wait_for_url("**/incidents/new")
    expect(dan.page.locator("#new-type")).to_be_focused()
    dan.page.keyboard.type("X")
    dan.page.locator("#new-type").select_option("PROH-XRAY")
    dan.page.keyboard.press("Tab")
    dan.page.keyboard.type("三号机发现枪支部件")
    dan.page.keyboard.press("Control+Enter")
    dan.page.wait_for_url(re.compile(r"/incidents/(?!new)"))
    ref = dan.page.url.rpartition("/")[2].partition("?")[0]
    row = ana.page.locator(f"tr[data-ref='{ref}']")
    expect(row).to_contain_text("三号机发现枪支部件", timeout=3000)
    cleo.same_as_fresh()
    expect(cleo.page.locator(f"tr[data-ref='{ref}']")).to_have_count(0)
    assert "三号机" not in cleo.page.content()
    dan.board()
    for one in (dan, ana):
        one.same_as_fresh()
    assert dan.page.evaluate("document.documentElement.dataset.digest")


def test_taking_an_incident_at_the_board_is_seen_by_those_who_share_it(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open(title="两个人看见")
    ana, ben = sit("ana"), sit("ben", "zh")
    ana.board()
    ben.board()
    ana.page.locator(f"tr[data-ref='{ref}'] td.c-status").click()
    ana.page.keyboard.press("a")
    expect(ben.page.locator(f"tr[data-ref='{ref}'] .c-lead")).to_contain_text("市公安局", timeout=3000)
    assert [one["agency"] for one in hub.as_("ben").get(f"/incidents/{ref}").json["taken"]] == ["police"]
    for one in (ana, ben):
        one.same_as_fresh()


def test_a_board_left_alone_while_the_hub_was_away_is_true_again_by_itself(hub: Served, sit: Sit) -> None:
    ana = sit("ana")
    ana.board()
    hub.kill()
    hub.start()
    ref = hub.as_("dan").open(title="重启之后")
    expect(ana.page.locator(f"tr[data-ref='{ref}']")).to_have_count(1, timeout=5000)
    ana.same_as_fresh()
    # The browser itself says that the line broke; nothing else may be said.
    assert all("WebSocket" in one or "ERR_CONNECTION" in one for one in ana.complaints), ana.complaints
    ana.complaints.clear()


def test_language_and_theme_are_switched_and_stay(sit: Sit) -> None:
    ana = sit("ana")
    page = ana.board()
    page.locator("a.lang").click()
    page.wait_for_selector("html[lang=zh-CN][data-live=live]")
    for theme in ("light", "dark"):
        page.locator("#theme").click()
        assert page.evaluate("document.documentElement.dataset.theme") == theme
    page.reload()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == ["zh-CN", "dark"]


def test_a_wrong_password_is_refused_in_words_on_the_page(hub: Served, sit: Sit) -> None:
    page = sit("ana").context.new_page()
    page.context.clear_cookies()
    page.goto("/sign-in?lang=en")
    page.fill("input[name=login]", "ana")
    page.fill("input[name=password]", "wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The login or the password is not right")
