"""Ben shares, withdraws, seals and links on the page of an incident, and each time the page says what follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults

pytestmark = pytest.mark.browser


def test_before_sharing_one_reads_what_will_be_read_and_after_withdrawing_why(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open("PROH-XRAY", "可疑包裹", site="carrier-a/site-001", tlp="AMBER")
    hub.as_("dan").post(f"/incidents/{ref}/journal", {"text": "已停带"})
    page = sit("ben", "zh").page
    page.goto(f"/incidents/{ref}")
    page.locator("#tab-circle").click()
    would = page.locator(".would-read")
    expect(would).to_contain_text("已停带")
    page.locator("#grant-desk").select_option("health/duty")
    page.locator("#grant-history").select_option("from_now")
    expect(would).not_to_contain_text("已停带")
    page.locator("hub-circle form.inset button.main").click()
    page.locator("dialog button[value=yes]").click()
    row = page.locator("table.circle tr", has_text="health/duty")
    expect(row).to_be_visible()
    row.locator("button").click()
    page.locator("#withdraw-why").fill("不再涉及")
    page.locator("hub-circle form.inset button.main").first.click()
    expect(page.locator(".past-desks")).to_contain_text("不再涉及")
    expect(row).to_have_count(0)
    assert faults(page, "the circle of an incident") == []


def test_an_entry_is_sealed_and_an_incident_linked_by_hand(hub: Served, sit: Sit) -> None:
    one, other = (hub.as_("dan").open("PROH-XRAY", title, site="carrier-a/site-001") for title in ("甲件", "乙件"))
    ben, ana = sit("ben", "en", "dark").page, sit("ana", "en").page
    ben.goto(f"/incidents/{one}")
    ben.locator("#write-text").fill("for the leader alone")
    ben.locator("#write-audience").select_option("sealed")
    ben.locator("input[name=posts][value=duty_leader]").check()
    ben.locator("hub-composer button.main").click()
    expect(ben.locator("ol.entries")).to_contain_text("for the leader alone")
    ben.locator("hub-links summary").click()
    ben.locator("#link-to").fill(other.lower())
    ben.locator("hub-links form button.main").click()
    expect(ben.locator("hub-links li")).to_contain_text("乙件")
    assert faults(ben, "an incident with a link") == []
    ana.goto(f"/incidents/{one}")
    expect(ana.locator("hub-links li")).to_contain_text("乙件")
    assert "for the leader alone" not in ana.content()
