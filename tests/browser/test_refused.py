"""What is refused is read in the language of the page: a field, what no longer fits, and what one may not do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.screens import Screen
from tests.browser.test_readable import faults

pytestmark = pytest.mark.browser

FIVE = {
    "post": "duty_leader",
    "deadline": "2099-09-04T10:00:00Z",
    "funds": "2万元",
    "measure": "更换",
    "interim": "停用",
}
READ = {
    "zh": [
        "隐患须落实责任、措施、资金、时限、预案五项，还缺：资金（不需要的也请写明）、预案（整改前的防范措施）。",
        "五项已经落实，不再改动；要改时限请办理延期并写明原因。",
        "查阅记录只供牵头席和评估员查看。",
    ],
    "en": [
        "still missing: the funds (say so if it takes none), the interim plan (what keeps people safe meanwhile).",
        "Its five things are settled, and they stand; a deadline is moved by an extension, with the reason.",
        "Who has looked is read at the desk in the lead, and by evaluators.",
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_officer_reads_what_is_refused_in_the_language_of_the_page(hub: Served, sit: Sit, lang: str) -> None:
    field, conflict, not_allowed = READ[lang]
    ben, screen = hub.as_("ben"), sit("ben", lang)
    found = {"title": "配电箱裸露", "agency": "carrier-a", "site": "carrier-a/site-001", "origin": "authority"}
    path = f"/hazards/{ben.post('/operations/EXPO/hazards', found).json['ref']}"
    page = screen.page
    page.goto(path)
    page.fill("#set-deadline", "2099-09-04T18:00")
    page.fill("#set-measure", "更换")
    assert sent(screen, "settle") == 422
    says = page.locator("form[data-deed=settle] .refusal")
    expect(says).to_contain_text(field)
    assert faults(page, "a refused form") == []
    # Meanwhile a colleague has done it.
    assert ben.post(f"{path}/settlement", FIVE).status_code == 200
    page.fill("#set-funds", "自筹")
    page.fill("#set-interim", "停用")
    assert sent(screen, "settle") == 409
    expect(says).to_contain_text(conflict)
    # Ben's desk leads what Ana has logged, so she reads what she may not.
    other = sit("ana", lang)
    other.page.goto(f"/incidents/{hub.as_('ana').open()}/looks")
    expect(other.page.locator(".fault-page")).to_contain_text(not_allowed)
    assert faults(other.page, "not allowed") == []
    # The browser itself tells of each answer that was no success; nothing else may be complained of.
    for one in (screen, other):
        one.complaints[:] = [said for said in one.complaints if "Failed to load resource" not in said]


def sent(screen: Screen, deed: str) -> int:
    """Press the button of a form; the status of the answer."""
    page: Page = screen.page
    with page.expect_response(lambda answer: answer.request.method == "POST") as caught:
        page.locator(f"form[data-deed={deed}] button").first.click()
    return caught.value.status
