"""Ben compiles the first report, his leader signs it, Ben sends it, and Gus signs for it; nothing was typed twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import FilePayload, expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults
from tests.files.test_doors import photograph

pytestmark = pytest.mark.browser


def known(hub: Served) -> str:
    """An incident with figures and a journal."""
    said = {"summary": "暴雨致国道中断", "site": "carrier-a/site-001", "occurred_at": datetime.now(UTC).isoformat()}
    ref = hub.as_("dan").open("ROUTE", "国道塌方，两车邮件滞留", **said)
    for category, n in (("deaths", 0), ("injured", 1), ("missing", 0), ("items", 1200)):
        hub.as_("dan").post(f"/incidents/{ref}/figures", {"category": category, "n": n, "source": "司机电话"})
    hub.as_("dan").post(f"/incidents/{ref}/journal", {"kind": "action", "text": "暂停发车，改道运行"})
    return ref


def test_a_report_is_compiled_signed_by_another_sent_and_received(hub: Served, sit: Sit) -> None:
    ref = known(hub)
    ben = sit("ben").page
    ben.goto(f"/incidents/{ref}/reports")
    ben.get_by_role("button", name="First report", exact=True).click()
    ben.wait_for_url("**/reports/*")
    report = ben.url.rpartition("/")[2].partition("?")[0]
    expect(ben.locator("[data-line=measures] textarea")).to_have_value(re.compile("改道运行"))
    expect(ben.locator("[data-line=casualties] tbody tr")).to_have_count(3)
    ben.fill("#line-area", "国道三十公里处至收费站")
    ben.fill("#line-consequence", "约一千二百件延误")
    ben.check("[data-line=leaders] [data-unknown]")
    ben.fill("[data-line=leaders] [data-reason]", "带班领导在途")
    expect(ben.locator("#kept")).to_contain_text("Kept at")
    expect(ben.locator("#blank li")).to_have_count(0)
    expect(ben.locator("#pre-report")).to_be_visible()
    ben.reload()
    expect(ben.locator("#line-area")).to_have_value("国道三十公里处至收费站")
    assert ben.get_by_role("button", name="Sign the report", exact=True).count() == 0

    leader = sit("ben.leader", "zh").page
    leader.goto(f"/reports/{report}")
    leader.get_by_role("button", name="签发报告", exact=True).click()
    expect(leader.locator("dialog.ask")).to_contain_text("不等于公章")
    leader.locator("dialog.ask button.main").click()
    expect(leader.locator("h1 .chip").first).to_have_text("已签发，未报送")

    ben.reload()
    ben.get_by_role("button", name="Send", exact=True).click()
    expect(ben.locator("dialog.ask")).to_contain_text("owes a receipt")
    ben.locator("dialog.ask button.main").click()
    expect(ben.locator("h1 .chip").first).to_have_text("Sent")
    assert faults(ben, "a report that was sent") == []

    gus = sit("gus", "zh").page
    gus.goto("/operations/EXPO/reports")
    gus.locator("section", has=gus.locator("#waiting")).get_by_role("link").click()
    expect(gus.locator(".said", has_text="领导到位情况")).to_contain_text("带班领导在途")
    gus.get_by_role("button", name="签收", exact=True).click()
    expect(gus.locator(".ways")).to_contain_text("已签收")
    with gus.expect_download() as coming:
        gus.click("text=PDF")
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    hub.as_("dan").post(f"/incidents/{ref}/figures", {"category": "injured", "n": 3, "source": "医院"})
    ben.goto(f"/incidents/{ref}/reports")
    ben.get_by_role("button", name="Follow-up", exact=True).click()
    ben.wait_for_url("**/reports/*")
    expect(ben.locator("[data-line=casualties] tbody tr")).to_have_count(1)
    expect(ben.locator("[data-line=casualties] [data-label='This period']")).to_have_text("2")
    expect(ben.locator("[data-line=area] [data-from]")).to_have_text("unchanged")
    expect(ben.locator("[data-line=loss]")).to_contain_text("No figure has moved since the last report.")
    items = hub.as_("gus").get(f"/operations/EXPO/obligations?subject={ref}").json["items"]
    assert [one["state"] for one in items if one["rule"] == "RCPT"] == ["met"]


def test_two_who_write_on_one_line_see_both(hub: Served, sit: Sit) -> None:
    ref = known(hub)
    made = hub.as_("ben").post(f"/incidents/{ref}/reports", {"form": "first"}).json
    ben = sit("ben")
    page = ben.page
    page.goto(f"/reports/{made['id']}")
    body = {"content": {"area": {"value": "三号线"}}}
    assert hub.as_("ben.leader").patch(f"/reports/{made['id']}", body, made["version"]).status_code == 200
    page.fill("#line-area", "二号线")
    expect(page.locator("[data-line=area] [data-theirs]")).to_contain_text("三号线")
    expect(page.locator("#line-area")).to_have_value("二号线")
    assert faults(page, "a draft with a clash") == []
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("#kept")).to_contain_text("Kept at")
    content = hub.as_("ben").get(f"/reports/{made['id']}").json["content"]
    assert next(one for one in content if one["code"] == "area")["value"]["zh"] == "二号线"
    # The browser notes the refusal itself.
    assert ["412" in one for one in ben.complaints] == [True]
    ben.complaints.clear()


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_the_pages_of_reports_read_well_and_fit_a_phone(hub: Served, sit: Sit, lang: str, theme: str) -> None:
    ref = known(hub)
    draft = hub.as_("ben").post(f"/incidents/{ref}/reports", {"form": "first"}).json["id"]
    via = {"channel": "phone", "words": "国道塌方", "from": {"desk": "carrier-a/duty"}}
    spoken = hub.as_("ben").post(f"/incidents/{ref}/reports", {"form": "first", "spoken": True, "via": via}).json["id"]
    page = sit("ben", lang, theme).page
    broken: list[str] = []
    for path in ("/operations/EXPO/reports", f"/incidents/{ref}/reports", f"/reports/{draft}", f"/reports/{spoken}"):
        page.set_viewport_size({"width": 1366, "height": 820})
        page.goto(path)
        page.wait_for_selector("main h1")
        for details in page.locator("main details").all():
            details.evaluate("one => one.open = true")
        broken += faults(page, path)
        page.set_viewport_size({"width": 390, "height": 820})
        width = page.evaluate("document.documentElement.scrollWidth")
        broken += [f"{path} is {width} px wide"] if width > 390 else []
    assert broken == []


def test_by_fax_with_its_stamped_copy_received_by_telephone_amended_and_handed_on(hub: Served, sit: Sit) -> None:
    ref = known(hub)
    draft = hub.as_("ben").post(f"/incidents/{ref}/reports", {"form": "first"}).json
    content = {
        "area": {"value": "三十公里处"},
        "consequence": {"value": "约一千二百件延误"},
        "leaders": {"value": "带班领导到场"},
    }
    hub.as_("ben").patch(f"/reports/{draft['id']}", {"content": content}, draft["version"])
    leader = sit("ben.leader").page
    leader.goto(f"/reports/{draft['id']}")
    leader.get_by_role("button", name="Sign the report", exact=True).click()
    leader.locator("dialog.ask button.main").click()
    expect(leader.locator("h1 .chip").first).to_have_text("Signed, not sent")

    ben = sit("ben").page
    ben.goto(f"/reports/{draft['id']}")
    ben.set_input_files("#files-file", FilePayload(name="stamped.jpg", mimeType="image/jpeg", buffer=photograph()))
    ben.click("hub-files button.main")
    expect(ben.locator(".files-kept img")).to_have_count(1)
    ben.select_option("#send-channel", "fax")
    expect(ben.locator("#send-at")).to_be_visible()
    ben.get_by_role("button", name="Send", exact=True).click()
    ben.locator("dialog.ask button.main").click()
    expect(ben.locator(".ways")).to_contain_text("by fax")
    ben.locator("summary", has_text="They told us that they have it").click()
    ben.fill("#took-by-1", "值班员乙")
    ben.get_by_role("button", name="Note the receipt").click()
    expect(ben.locator(".ways")).to_contain_text("Received")

    ben.locator("summary", has_text="Amend it").click()
    ben.fill("#amend-why", "件数核实为一千一百件")
    ben.get_by_role("button", name="Write the amendment").click()
    ben.wait_for_url(lambda url: draft["id"] not in url)
    expect(ben.locator(".note-line")).to_contain_text("件数核实为一千一百件")
    expect(ben.locator("#line-area")).to_have_value("三十公里处")

    gus = sit("gus", "zh").page
    gus.goto(f"/reports/{draft['id']}")
    expect(gus.locator(".files-kept img")).to_have_count(1)
    gus.select_option("#send-to", label="市公安局")
    gus.get_by_role("button", name="转报", exact=True).click()
    gus.locator("dialog.ask button.main").click()
    expect(gus.locator(".ways")).to_contain_text("市政府总值班室 → 市公安局")
    assert hub.as_("ana").get(f"/reports/{draft['id']}").json["readable"] is True
