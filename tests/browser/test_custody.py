"""Ana hands over to Ben in two real browsers: one press where all is there, a sentence where it is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults

pytestmark = pytest.mark.browser


def took_in(page: Page, ref: str, title: str, quantity: int, seal: str) -> str:
    """Take something in from the incident's page, and give its path."""
    page.goto(f"/incidents/{ref}")
    page.locator("hub-items .button").click()
    page.wait_for_url("**/items?incident=*")
    form = page.locator("form[data-deed=take_in]")
    form.locator("[name=sort]").select_option("class_b")
    for name, said in (("title", title), ("quantity", str(quantity)), ("seal", seal), ("place", "证物柜 3")):
        form.locator(f"[name={name}]").fill(said)
    form.locator("button").click()
    page.wait_for_url("**/items/*")
    return page.url[page.url.index("/items/") :].partition("?")[0]


def offer(page: Page, path: str, to: str = "postal/duty") -> None:
    page.goto(path)
    page.locator("form[data-deed=offer] [name=to]").select_option(to)
    page.locator("form[data-deed=offer] button").click()
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "offered")


def test_two_desks_hand_over_and_a_count_that_differs_is_told(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open(title="收寄环节查获刀具", site="carrier-a/site-001")
    for desk in ("police/duty",):
        hub.as_("dan").post(f"/incidents/{ref}/access", {"desk": desk, "role": "support"})
    ana, ben = sit("ana", "zh"), sit("ben", "en")
    path = took_in(ana.page, ref, "管制刀具", 12, "S-0001")
    offer(ana.page, path)
    assert faults(ana.page, "an item that is offered") == []

    # On a telephone, from the list, in one press.
    ben.page.set_viewport_size({"width": 390, "height": 820})
    ben.page.goto("/operations/EXPO/items")
    accept = ben.page.locator("form[data-deed=accept] button")
    expect(accept).to_have_text("I counted 12 pieces, seal S-0001 whole: accept")
    box = accept.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert faults(ben.page, "an offer on a telephone") == []
    accept.click()
    expect(ben.page.locator("section[aria-labelledby=held]")).to_contain_text("管制刀具")

    # Back again, and one is missing.
    offer(ben.page, path, "police/duty")
    ana.page.goto(path)
    ana.page.locator("details", has=ana.page.locator("form[data-deed=count]")).locator("summary").click()
    form = ana.page.locator("form[data-deed=count]")
    form.locator("[name=counted]").fill("11")
    form.locator("button").click()
    expect(form.locator(".refusal")).to_contain_text("11")
    form.locator("[name=words]").fill("少一把折叠刀")
    assert faults(ana.page, "a count that differs") == []
    form.locator("button").click()
    expect(ana.page.locator("[data-state]")).to_have_attribute("data-state", "held")
    expect(ana.page.locator(".hands li").last).to_contain_text("与移交数不符")

    # Ben is told: in the chain, and by a debt of his duty leader.
    ben.page.goto(path)
    expect(ben.page.locator(".hands li").last).to_contain_text("少一把折叠刀")
    expect(ben.page.locator("section[aria-labelledby=clocks]")).to_contain_text(
        "Difference at a hand-over accounted for"
    )
    with ben.page.expect_download() as coming:
        ben.page.click("text=PDF")
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    # The browser notes the refusal itself.
    assert ["422" in one for one in ana.complaints] == [True]
    ana.complaints.clear()


def test_a_batch_is_split_on_the_page_and_leaves_custody_after_a_question(hub: Served, sit: Sit) -> None:
    ref = hub.as_("ana").open(title="查获烟花", site="carrier-a/site-001")
    thing = {"sort": "class_c", "title": "烟花", "quantity": 10, "unit": "box"}
    path = f"/items/{hub.as_('ana').post(f'/incidents/{ref}/items', thing).json['ref']}"
    page = sit("anna.leader").page
    page.goto(path)
    page.locator("details", has=page.locator("form[data-deed=split]")).locator("summary").click()
    page.fill("#part-1", "4")
    expect(page.locator("[data-left]")).to_have_text("6 are in no part yet")
    page.fill("#part-2", "6")
    expect(page.locator("[data-left]")).to_have_text("The parts are the whole batch")
    page.click("form[data-deed=split] button")
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "split")
    page.locator("section[aria-labelledby=stands] .item-rows a").first.click()
    page.locator("details", has=page.locator("form[data-deed=dispose]")).locator("summary").click()
    page.select_option("#end-outcome", "handed_over")
    page.fill("#end-words", "移送应急管理部门处置")
    page.fill("#end-receipt", "R-2031")
    page.fill("#end-receiver", "危险品处置中心")
    page.click("form[data-deed=dispose] button")
    expect(page.locator("dialog.ask")).to_contain_text("cannot be taken back")
    page.locator("dialog.ask button.main").click()
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "disposed")
    assert faults(page, "an item that left custody") == []


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_the_pages_of_custody_read_well_and_fit_a_phone(hub: Served, sit: Sit, lang: str, theme: str) -> None:
    ref = hub.as_("ana").open(title="查获刀具", site="carrier-a/site-001")
    thing = {"sort": "class_b", "title": "管制刀具", "quantity": 12, "seal": "S-0001-2026-09-02-A"}
    item = hub.as_("ana").post(f"/incidents/{ref}/items", thing).json["ref"]
    held = hub.as_("ben").post(f"/incidents/{ref}/items", thing | {"title": "可疑粉末", "sort": "suspect"}).json["ref"]
    hub.as_("ana").post(f"/items/{item}/offer", {"to": "postal/duty"})
    page = sit("ben.leader", lang, theme).page
    broken: list[str] = []
    for path in (f"/operations/EXPO/items?incident={ref}", f"/items/{item}", f"/items/{held}", f"/incidents/{ref}"):
        page.set_viewport_size({"width": 1366, "height": 820})
        page.goto(path)
        page.wait_for_selector("main h1")
        for details in page.locator(".custody details").all():
            details.evaluate("one => one.open = true")
        broken += faults(page, path)
        page.set_viewport_size({"width": 390, "height": 820})
        width = page.evaluate("document.documentElement.scrollWidth")
        broken += [f"{path} is {width} px wide"] if width > 390 else []
    assert broken == []
