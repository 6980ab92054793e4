"""Daily returns at a screen: filed on a phone by touch, four hundred by paste, unit by day, sent back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.board.served import Served, served
from tests.browser import days
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults
from tests.conftest import found
from tests.databases import Sqlite
from tests.returns.expo import CODES, QUIET

pytestmark = pytest.mark.browser
DOOR = "/operations/DAILY/zero-reports"


@pytest.fixture(scope="module")
def hub(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small city after eleven days of returns."""
    folder = tmp_path_factory.mktemp("days")
    days.write(folder, sqlite_files.copied("house", found, folder))
    with served(folder) as made:
        yield made


def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def type_in(page: Page, counts: dict[str, int]) -> None:
    for code, n in counts.items():
        page.locator(f"#n-{code}").fill(str(n))


def test_a_return_is_filed_on_a_phone_and_yesterday_is_shown_only_then(sit: Sit) -> None:
    page = phone(sit("cleo", "zh").page)
    page.goto(f"{DOOR}/today")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert "前一日" not in page.locator("main").inner_text()
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("#f-accepted")).to_have_text("请填数字；没有就填0。")
    type_in(page, {"accepted": 412, "inspected": 410, "sealed": 412, "staff": 9})
    expect(page.locator("[data-check]:visible")).to_contain_text("不相等")
    page.locator("#checked_how").fill("两件当场退回")
    page.get_by_role("button", name="空着的都是零").click()
    expect(page.locator("[data-confirms] p")).to_contain_text("过机安检")
    page.get_by_role("button", name="是，逐项填0").click()
    page.get_by_label("报告人").fill("值班员")
    page.reload()
    expect(page.locator("#n-accepted")).to_have_value("412")
    page.get_by_label("以上数字经核对").check()
    assert faults(page, "filing") == []
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator(".filed")).to_contain_text("已收到")
    expect(page.locator(".before-now")).to_contain_text("前一日")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="查看这份报告").click()
    expect(page.locator("dl.facts")).to_contain_text("两件当场退回")
    assert faults(page, "a return") == []


def test_a_number_that_is_unknown_wants_its_reason(sit: Sit) -> None:
    page = phone(sit("dan").page)
    page.goto(f"{DOOR}/today?unit=A020")
    on = page.locator("form[data-return]").get_attribute("data-date") or ""
    type_in(page, {code: n for code, n in QUIET.items() if code != "screened"})
    page.locator("[data-category=screened] .check").click()
    page.get_by_label("Who states it").fill("duty officer")
    page.get_by_label("These numbers are true").check()
    page.get_by_role("button", name="File the return").click()
    expect(page.locator("#f-screened")).to_contain_text("Say why")
    page.locator("#w-screened").fill("machine 3 stands still")
    page.locator("#e-screened").fill(f"{date.fromisoformat(on) + timedelta(days=1)}T12:00")
    page.get_by_role("button", name="File the return").click()
    expect(page.locator(".filed")).to_contain_text("It was received.")


def test_what_the_hub_counts_is_written_when_somebody_takes_it_over(sit: Sit) -> None:
    page = phone(sit("cleo").page)
    page.goto(f"{DOOR}/today?unit=B001")
    field = page.locator("#n-incidents-open")
    expect(field).to_have_value("")
    page.locator("[data-category=incidents-open] [data-takes]").click()
    expect(field).to_have_value("0")
    page.reload()
    expect(field).to_have_value("0")


def test_what_is_only_assumed_is_said_not_to_count(sit: Sit) -> None:
    page = phone(sit("dan", "zh").page)
    page.goto(f"{DOOR}/today?unit=A019")
    type_in(page, QUIET)
    page.get_by_label("数字来源").select_option("assumed")
    page.get_by_label("报告人").fill("值班员")
    page.get_by_label("以上数字经核对").check()
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator(".filed")).to_contain_text("不算已报")


def test_a_call_about_returns_leads_to_them_and_is_taken(sit: Sit) -> None:
    page = sit("dan").page
    page.goto("/operations/DAILY/board")
    calls = page.locator("hub-summons li")
    called = calls.filter(has_text="Daily return").first
    before = page.locator("hub-summons h2").inner_text()
    called.get_by_role("button", name="Take it").click()
    expect(page.locator("hub-summons h2")).not_to_have_text(before)
    calls.filter(has_text="Daily return").first.get_by_role("link").click()
    page.wait_for_url("**/operations/DAILY/zero-reports*")


def test_a_sheet_is_pasted_seen_row_by_row_and_filed(sit: Sit) -> None:
    page = sit("dan").page
    page.goto(f"{DOOR}/today")
    numbers = "\t".join(str(QUIET[code]) for code in CODES)
    rows = [f"A{n:03}\ttoday\t{numbers}" for n in range(21, 29)]
    text = "\n".join(["\t".join(["unit code", "date", *CODES]), *rows, f"B001\ttoday\t{numbers}"])
    page.locator("#pasted").fill(text)
    expect(page.get_by_role("button", name="File these")).to_be_disabled()
    page.get_by_role("button", name="See what would happen").click()
    says = page.locator("[data-sheet-says]")
    expect(says).to_contain_text("8 rows would be filed")
    expect(says).to_contain_text("Row 10: B001 is no unit that this desk files for.")
    assert faults(page, "paste") == []
    page.get_by_role("button", name="File these").click()
    expect(says).to_contain_text("8 rows are filed")
    with page.expect_download() as form:
        page.get_by_role("link", name="XLSX").click()
    assert form.value.suggested_filename.endswith(".xlsx")


def test_a_refused_sheet_is_told_in_the_language_of_the_page(sit: Sit) -> None:
    screen = sit("dan", "zh")
    page = screen.page
    page.goto(f"{DOOR}/today")
    page.locator("#pasted").fill("甲\t乙\n1\t2")
    page.get_by_role("button", name="先看结果").click()
    expect(page.locator("[data-sheet-says]")).to_contain_text("没有表头")
    # The refusal itself is no fault of the page.
    assert [one for one in screen.complaints if "422" not in one] == []
    screen.complaints.clear()


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_unit_by_day_is_read_filtered_and_led_from(sit: Sit, lang: str, theme: str) -> None:
    page = sit("ben", lang, theme).page
    page.goto(DOOR)
    assert page.locator(".matrix tbody tr").count() == 31
    assert page.locator(".matrix thead th").count() == days.DAYS + 1
    assert faults(page, "matrix") == []
    page.locator("select[name=show]").select_option("returned")
    page.locator(".filters button").click()
    page.wait_for_url("**show=returned**")
    assert 0 < page.locator(".matrix tbody tr").count() < 5
    page.locator(".cell.returned").first.click()
    expect(page.locator("dl.facts")).to_contain_text("与台账不符")
    page.goto(f"{DOOR}/roll-up")
    expect(page.locator(".received")).to_contain_text("/ 31")
    assert faults(page, "roll-up") == []


def test_a_day_goes_upward_again_with_what_came_since(sit: Sit) -> None:
    page = sit("ben").page
    page.goto(DOOR)
    day = page.locator(".matrix thead th a").nth(1).get_attribute("href") or ""
    page.goto(day)
    expect(page.locator("#went + ul li")).to_have_count(1)
    expect(page.locator("section[aria-labelledby=send]")).to_contain_text("It amends number 1: came since")
    page.get_by_label("Remarks").fill("after the power cut")
    page.get_by_role("button", name="Send number 2").click()
    expect(page.locator("#went + ul li")).to_have_count(2)
    expect(page.locator("#went + ul li").first).to_contain_text("after the power cut")
    expect(page.locator("section[aria-labelledby=send]")).to_contain_text("Nothing has come since number 2.")
    assert faults(page, "roll-up sent") == []
    with page.expect_download() as paper:
        page.locator("#went + ul").get_by_role("link", name="PDF").first.click()
    assert paper.value.suggested_filename.endswith(".pdf")


def test_a_return_is_sent_back_at_the_screen(sit: Sit) -> None:
    page = sit("ben").page
    page.goto(f"{DOOR}?show=nonzero")
    page.locator(".cell.nonzero").first.click()
    page.get_by_label("Send it back: why?").fill("the register says otherwise")
    page.get_by_role("button", name="Send it back").click()
    expect(page.locator("dl.facts")).to_contain_text("the register says otherwise")


def test_what_is_sent_before_the_script_has_come_waits_for_it(sit: Sit) -> None:
    page = sit("ben").page
    held: list[Route] = []
    page.goto(f"{DOOR}?show=zero")
    page.locator(".cell.zero").first.click()
    expect(page.get_by_label("Send it back: why?")).to_be_visible()
    address = page.url
    page.route(re.compile(r"/assets/(hub|returns)-[^/]*\.js"), lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.get_by_label("Send it back: why?").fill("pressed too early")
    page.get_by_role("button", name="Send it back").click()
    assert held, "the script was not held back"
    for one in held:
        one.continue_()
    page.unroute_all()
    expect(page.locator("dl.facts")).to_contain_text("pressed too early")


def test_an_outlet_without_an_account_files_by_a_link(sit: Sit, hub: Served, browser: Browser) -> None:
    page = sit("dan").page
    page.goto(f"{DOOR}/today?unit=A029")
    page.get_by_text("Have the outlet file it by a link").click()
    page.get_by_role("button", name="Make the link").click()
    made = page.get_by_label("Links, one a line").input_value()
    assert faults(page, "link made") == []
    address = made.split("\t")[1]
    held = browser.new_context(viewport={"width": 390, "height": 844}, base_url=hub.url, locale="zh-CN")
    outlet = held.new_page()
    complaints: list[str] = []
    outlet.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    outlet.goto(address)
    assert outlet.evaluate("document.documentElement.scrollWidth") == 390
    assert faults(outlet, "linked form") == []
    assert outlet.locator("nav").count() == 0
    type_in(outlet, QUIET)
    outlet.get_by_label("报告人").fill("网点值班")
    outlet.get_by_label("以上数字经核对").check()
    outlet.get_by_role("button", name="报送", exact=True).click()
    expect(outlet.locator(".filed")).to_contain_text("已收到")
    expect(outlet.locator(".filed a")).to_have_count(0)
    assert complaints == []
    over = outlet.goto(address)
    assert over is not None
    assert over.status == 404
    expect(outlet.locator("main")).to_contain_text("链接已用过一次")
    assert "A029" not in outlet.locator("main").inner_text()
    held.close()
    page.reload()
    expect(page.locator(".page-head")).to_contain_text("Zero")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_fit_a_phone_and_the_outlet_has_three_buttons(sit: Sit, lang: str) -> None:
    page = phone(sit("cleo", lang).page)
    for path in (DOOR, f"{DOOR}/today", f"{DOOR}/roll-up", "/operations/DAILY/outlet"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
    assert faults(page, "outlet") == []
    expect(page.locator(".three a")).to_have_count(3)
    page.locator(".three a").nth(1).click()
    page.wait_for_url(re.compile("zero-reports/today"))
