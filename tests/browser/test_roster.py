"""The roster at a screen: a hand-over is prepared and signed, a stand-in is put on, a calendar is subscribed to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults

pytestmark = pytest.mark.browser


def test_a_watch_is_handed_over_at_the_screen(hub: Served, sit: Sit) -> None:
    leader = hub.as_("ben.leader")
    body = {"post": "deputy", "handovers": ["08:00"], "crews": [["ben"], ["ben.leader"]]}
    begun = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    assert leader.post("/operations/EXPO/posts", body | {"first_on": begun}).status_code == 201
    shown = leader.get("/operations/EXPO/handovers").json["items"][0]
    goes, comes = ("ben", "ben.leader") if shown["outgoing"][0]["name"] == "Ben" else ("ben.leader", "ben")
    outgoing = sit(goes)
    page = outgoing.page
    page.goto("/operations/EXPO/roster")
    page.locator(".handing a.button").click()
    page.wait_for_selector("html[data-live=live]")
    page.locator("#note").fill("三号机还在检查")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("as prepared")).to_be_visible()
    assert faults(page, "hand-over") == []
    incoming = sit(comes, "zh", "dark")
    incoming.page.goto(page.url)
    incoming.page.wait_for_selector("html[data-live=live]")
    expect(incoming.page.get_by_text("三号机还在检查").first).to_be_visible()
    incoming.page.get_by_role("button", name=re.compile("签收")).click()
    expect(incoming.page.get_by_role("button", name=re.compile("签收"))).to_have_count(0)
    assert leader.get("/operations/EXPO/handovers").json["items"][-1]["state"] in ("signed", "expected")


def test_a_calendar_is_subscribed_to_and_days_are_turned_by_key(hub: Served, sit: Sit) -> None:
    page = sit("ben.leader").page
    page.goto("/operations/EXPO/roster")
    page.wait_for_selector("html[data-live=live]")
    page.get_by_text("Calendar subscription").click()
    page.get_by_role("button", name="My shifts").click()
    address = page.get_by_label("Address of the calendar")
    expect(address).to_have_value(re.compile(r"/api/v1/operations/EXPO/roster\.ics\?token="))
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("m")
    page.wait_for_url("**view=month**")
    page.keyboard.press("j")
    page.wait_for_url("**from=**")
