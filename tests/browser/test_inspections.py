"""A visit on phones by two inspectors, from its first question to a hazard; and a mystery check nobody sees coming."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.files.test_doors import photograph

pytestmark = pytest.mark.browser
BEN, ANA = ({"agency": agency, "post": "duty_officer"} for agency in ("postal", "police"))
DEPUTY = {"agency": "postal", "post": "deputy"}


def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 820})
    return page


def begun(hub: Served, **changed: object) -> str:
    body = {"visit": "unannounced", "origin": "joint", "agency": "carrier-a", "site": "carrier-a/site-001"}
    more = {"inspectors": [BEN, ANA], "checklists": ["sealing", "fire"], **changed}
    made = hub.as_("ben").post("/operations/EXPO/inspections", body | more)
    assert made.status_code == 201, made.text
    return f"/inspections/{made.json['ref']}"


def say(page: Page, question: str, answer: str) -> None:
    """Answer one question as a thumb does, and wait until the Hub has it."""
    page.locator(f"[data-question='{question}'] label.{answer}").click()
    expect(page.locator(f"[data-question='{question}'] .soon")).to_have_count(0)


def test_two_inspectors_make_a_visit_on_their_phones_and_a_finding_becomes_a_hazard(hub: Served, sit: Sit) -> None:
    ben, ana = sit("ben", "zh"), sit("ana", "en")
    phone(ben.page).goto("/operations/EXPO/inspections")
    form = ben.page.locator("form[data-deed=begin]")
    if not form.is_visible():
        ben.page.click("details.finding summary")
    form.locator("[name=origin]").select_option("joint")
    form.locator("[name=site]").select_option("carrier-a/site-001")
    ben.page.locator("#begin-seat-2").select_option(label="市公安局 值班员")
    for box in form.locator("[name=checklists]").all():
        box.set_checked(box.get_attribute("value") in ('"sealing"', '"fire"'))
    form.locator("button").click()
    ben.page.wait_for_url("**/inspections/*")
    path = ben.page.url.removeprefix(hub.url)
    ben.page.wait_for_selector(".question")
    assert ben.page.evaluate("document.documentElement.scrollWidth") == 390
    thumb = ben.page.locator(".answer.yes").first.bounding_box()
    assert thumb is not None
    assert thumb["height"] >= 44
    # Ben answers one; Ana, of another agency, the rest. Nothing is signed before.
    say(ben.page, "sealing/sealed", "no")
    ben.page.locator("[data-question='sealing/sealed'] input[type=text]").fill("两件未封装")
    camera = ben.page.locator("[data-camera='sealing/sealed']")
    camera.set_input_files(FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photograph()))
    expect(ben.page.locator("[data-question='sealing/sealed'] .shots img")).to_have_count(1)
    expect(ben.page.locator("form[data-deed=conclude]")).to_be_hidden()
    phone(ana.page).goto(path)
    expect(ana.page.locator("[data-question='sealing/sealed'] label.no input")).to_be_checked()
    for question in ("fire/equipment", "fire/exits"):
        say(ana.page, question, "yes")
    # What Ben found becomes a hazard by one press.
    ben.page.fill("#finding-words", "两件快件未当面封装")
    ben.page.select_option("#finding-question", "sealing/sealed")
    ben.page.click("form.finding button")
    ben.page.click("[data-raises]")
    ben.page.click("[data-finding] a")
    ben.page.wait_for_url("**/hazards/*")
    expect(ben.page.locator("h1")).to_have_text("两件快件未当面封装")
    ben.page.click(f"a[href='{path}?desk=postal/duty']")
    # Dan signs for the carrier, and the visit is concluded.
    dan = sit("dan", "zh")
    phone(dan.page).goto(path)
    assert dan.page.locator(".question input, form.finding").count() == 0
    dan.page.click("form[data-deed=sign] button")
    expect(dan.page.locator("[data-state]")).to_have_attribute("data-state", "signed")
    ana.page.goto(path)
    ana.page.click("form[data-deed=conclude] button")
    expect(ana.page.locator("[data-state]")).to_have_attribute("data-state", "concluded")
    assert hub.as_("ben").get(path).json["answers"][2]["note"] == "两件未封装"
    printed = ana.page.request.get(f"{path}.pdf")
    assert printed.body().startswith(b"%PDF")
    assert sit("cleo").page.request.get(f"{path}.pdf").status == 404


def test_what_was_answered_without_the_network_survives_a_reload(hub: Served, sit: Sit) -> None:
    path = begun(hub)
    ben = sit("ben", "zh")
    phone(ben.page).goto(path)
    ben.page.wait_for_selector(".question")
    ben.page.route("**/answers", lambda route: route.abort())
    ben.page.locator("[data-question='fire/exits'] label.no").click()
    ben.page.locator("[data-question='fire/exits'] input[type=text]").fill("通道堆放邮件")
    ben.page.fill("#finding-words", "写到一半")
    expect(ben.page.locator("[data-question='fire/exits'] .soon")).to_be_visible()
    assert all("ERR_FAILED" in one for one in ben.complaints), ben.complaints
    ben.complaints.clear()
    ben.page.unroute("**/answers")
    ben.page.reload()
    expect(ben.page.locator("[data-question='fire/exits'] input[type=text]")).to_have_value("通道堆放邮件")
    expect(ben.page.locator("#finding-words")).to_have_value("写到一半")
    # It goes by itself now.
    expect(ben.page.locator("[data-question='fire/exits'] .soon")).to_have_count(0)
    (answer,) = hub.as_("ana").get(path).json["answers"]
    assert (answer["answer"], answer["note"]) == ("no", "通道堆放邮件")


def test_a_mystery_check_is_seen_by_the_inspected_once_it_is_concluded(hub: Served, sit: Sit) -> None:
    path = begun(hub, visit="mystery", origin="authority", inspectors=[BEN, DEPUTY], checklists=["sealing"])
    ben, dan = sit("ben", "en"), sit("dan", "en")
    assert dan.page.request.get(path).status == 404
    assert path not in dan.page.request.get("/operations/EXPO/inspections").text()
    phone(ben.page).goto(path)
    say(ben.page, "sealing/sealed", "no")
    ben.page.fill("#finding-words", "Sealed out of sight")
    ben.page.click("form.finding button")
    expect(ben.page.locator("[data-finding]")).to_have_count(1)
    assert ben.page.locator("[data-raises], form[data-deed=refuse]").count() == 0
    ben.page.click("form[data-deed=conclude] button")
    expect(ben.page.locator("[data-state]")).to_have_attribute("data-state", "concluded")
    ben.page.click("[data-raises]")
    dan.page.goto(path)
    dan.page.click("[data-finding] a")
    expect(dan.page.locator("h1")).to_have_text("Sealed out of sight")
