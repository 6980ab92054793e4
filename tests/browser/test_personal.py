"""A number typed into the journal is asked about; a locked value is read by two people at two screens, once."""

from __future__ import annotations

import pytest

from tests.board.served import Served
from tests.browser.conftest import Sit

pytestmark = pytest.mark.browser


def test_what_is_found_in_a_text_is_kept_masked_or_sealed_in_one_press(hub: Served, sit: Sit) -> None:
    ref = hub.as_("ana").open()
    screen = sit("ana", "en")
    page = screen.page
    page.goto(f"/incidents/{ref}")
    for nth, (mark, written) in enumerate((("甲", "••••5678"), ("乙", "••••5678"), ("丙", "13912345678"))):
        page.fill("#write-text", f"{mark}电话13912345678，请核实")
        page.locator("#write-text").press("Control+Enter")
        page.wait_for_selector("dialog.choice mark:text('13912345678')")
        page.locator(".choice-buttons button").nth(nth).click()
        page.wait_for_selector("dialog.choice", state="detached")
        page.wait_for_selector(f"hub-journal :text('{mark}电话{written}')")
        page.wait_for_function("document.querySelector('#write-text').value === ''")
    assert [one["kind"] for one in hub.as_("ana").get(f"/incidents/{ref}/personal").json["items"]] == ["phone"]
    screen.complaints[:] = [one for one in screen.complaints if "422" not in one]


def test_two_people_at_two_screens_read_a_value_once(hub: Served, sit: Sit) -> None:
    ref = hub.as_("ana").open()
    hub.as_("ana").post(
        f"/incidents/{ref}/personal", {"kind": "waybill", "value": "SF1234567890123", "why": "核对面单"}
    )
    ana, leader = sit("ana", "en"), sit("anna.leader", "zh", "dark")
    door = f"/incidents/{ref}/personal"
    ana.page.goto(door)
    ana.page.click("form[data-deed=ask] >> xpath=ancestor::details/summary")
    ana.page.fill("form[data-deed=ask] input[name=reason]", "the outlet asks for the whole number")
    ana.page.click("form[data-deed=ask] button")
    ana.page.wait_for_selector("text=A second person is asked")
    leader.page.goto(door)
    leader.page.click("form[data-deed=agree] button")
    leader.page.wait_for_selector("text=已同意，尚未查看")
    assert leader.page.locator("[data-showing]").count() == 0
    ana.page.reload()
    ana.page.click("[data-showing] button")
    ana.page.wait_for_selector(".plain-value b:text('SF1234567890123')")
    ana.page.reload()
    ana.page.wait_for_selector("text=Was shown")
    assert "SF1234567890123" not in ana.page.content()
    ana.page.fill("#find-number", "sf 1234567890123")
    ana.page.click("form[data-finds] button")
    ana.page.wait_for_selector(f".answer a:text('{ref}')")
