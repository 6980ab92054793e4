"""A hazard goes through all its states by three people of three desks; its owner may not verify it."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.screens import Screen
from tests.files.test_doors import photograph

pytestmark = pytest.mark.browser


def deed(screen: Screen, path: str, name: str, state: str, **filled: str) -> Page:
    """Do one thing about a hazard by its form, and wait until the page says the state it comes to."""
    page = screen.page
    page.goto(path)
    form = page.locator(f"form[data-deed={name}]")
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").click()
    for field, value in filled.items():
        box = form.locator(f"[name={field}]")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    form.locator("button").click()
    expect(page.locator("[data-state]")).to_have_attribute("data-state", state)
    return page


def test_three_people_take_a_hazard_through_all_its_states(hub: Served, sit: Sit) -> None:
    ben, dan, ana = sit("ben", "en", by_form=True), sit("dan", "zh", by_form=True), sit("ana", "en", by_form=True)
    # Ben of the regulator finds it.
    ben.page.goto("/operations/EXPO/hazards")
    if not ben.page.locator("details.finding").evaluate("one => one.open"):
        ben.page.click("details.finding summary")
    ben.page.fill("#find-title", "配电箱裸露")
    ben.page.select_option("#find-agency", "carrier-a")
    ben.page.select_option("#find-site", "carrier-a/site-001")
    ben.page.click("details.finding button.main")
    ben.page.wait_for_url("**/hazards/*")
    path = ben.page.url.removeprefix(hub.url)
    expect(ben.page.locator("[data-state]")).to_have_attribute("data-state", "found")
    # Ana of the police does not know of it yet.
    assert ana.page.request.get(path).status == 404
    five = {"deadline": "2099-09-04T18:00", "funds": "自筹2万元", "measure": "更换", "interim": "停用"}
    deed(ben, path, "settle", "settled", grade="major", supervisor="police/duty", **five)
    # Dan of the carrier puts it right, with a photograph.
    dan.page.goto(path)
    assert dan.page.locator("form[data-deed=extend], form[data-deed=verify]").count() == 0
    dan.page.set_input_files("#files-file", FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photograph()))
    dan.page.click("hub-files button.main")
    expect(dan.page.locator(".files-kept img")).to_have_count(1)
    deed(dan, path, "evidence", "rectified", words="已更换")
    # Nor is he offered to verify it, and the door refuses him; nor does Ben, for a major one has a supervisor.
    for other in (dan, ben):
        other.page.goto(path)
        assert other.page.locator("form[data-deed=verify]").count() == 0
        refused = hub.as_(other.login).post(path + "/verification", {"accepted": True})
        assert refused.status_code == 403
    deed(ana, path, "reject", "rejected", words="线头仍裸露")
    deed(dan, path, "evidence", "rectified", words="已包覆")
    deed(ana, path, "verify", "verified", words="现场复查合格")
    page = deed(ben, path, "reopen", "reopened", reason="雨后又裸露")
    assert page.locator(".deeds li > b").all_inner_texts() == [
        "Found", "Five things settled", "Shown to be put right", "Handed back", "Shown to be put right",
        "Verified and closed", "Reopened",
    ]  # fmt: skip
    ana.page.goto("/operations/EXPO/hazards?show=reopened")
    expect(ana.page.locator("tr[data-hazard]")).to_have_count(1)
