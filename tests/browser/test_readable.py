"""Every page in both languages and both themes keeps the rules of WCAG 2.2 AA that a machine can judge."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.board.served import Served
from tests.browser.conftest import Sit

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}

# Every page that needs no reference of its own, and what says that it has been drawn.
PAGES = {
    "/operations/EXPO/board": "html[data-live=live] tr[data-ref]",
    "/operations/EXPO/incidents/new": "#new-title",
    "/desk": "main h1",
    "/account": "#factors",
    "/account/policy": "main h1",
    "/operations/EXPO/roster": "table.roster",
    "/operations/EXPO/roster?view=month&of=police/duty": "table.roster",
    "/operations/EXPO/review": "main h1",
    "/operations/EXPO/briefing": "[data-section=duty]",
    "/operations/EXPO/reports": "main h1",
    "/operations/EXPO/plan": "main svg.ladder",
    "/operations/EXPO/phase": "main h1",
    "/operations/EXPO/notices?of=desk": "main h1",
    "/operations/EXPO/zero-reports": "main h1",
    "/operations/EXPO/zero-reports/today": "main h1",
    "/operations/EXPO/zero-reports/roll-up": "main h1",
    "/operations/EXPO/outlet": ".three",
    "/operations/EXPO/inspections": "main h1",
    "/operations/EXPO/hazards": "main h1",
    "/operations/EXPO/items": "main h1",
    "/operations/EXPO/bulletins": "form.writing",
    "/operations/EXPO/record": "#newest",
    "/operations/EXPO/tasks": "main h1",
    "/operations/EXPO/audits": "main h1",
    "/operations/EXPO/readiness": "table.matrix",
    "/operations/EXPO/retention": "#classes",
}


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_no_page_breaks_a_rule(hub: Served, sit: Sit, lang: str, theme: str) -> None:
    ref = hub.as_("dan").open(attention="A", site="carrier-a/site-001")
    hub.as_("ana").post(f"/incidents/{ref}/journal", {"text": "已到场"})
    hub.as_("ben").post(f"/incidents/{ref}/figures", {"category": "injured", "n": 2, "source": "现场"})
    hub.as_("ben").post(f"/incidents/{ref}/grade", {"grade": "II", "basis": "两人受伤"})
    wrong = {"title": "配电箱裸露", "origin": "authority", "agency": "carrier-a"}
    hazard = f"/hazards/{hub.as_('ben').post('/operations/EXPO/hazards', wrong).json['ref']}"
    seats = [{"agency": "postal", "post": post} for post in ("duty_officer", "deputy")]
    look = {"visit": "announced", "origin": "authority", "agency": "carrier-a", "inspectors": seats}
    made = hub.as_("ben").post("/operations/EXPO/inspections", {**look, "checklists": ["sealing", "fire"]})
    visit = f"/inspections/{made.json['ref']}"
    ben = sit("ben", lang, theme)
    broken: list[str] = []
    held = {"kind": "waybill", "value": "SF1234567890123", "why": "核对面单"}
    hub.as_("ana").post(f"/incidents/{ref}/personal", held)
    locked = {f"/incidents/{ref}/personal": "#values", f"/incidents/{ref}/looks": "#looked"}
    one = locked | {f"/incidents/{ref}": "hub-journal", hazard: "form[data-deed]", visit: ".question"}
    for path, ready in {**PAGES, **one}.items():
        ben.page.goto(path)
        ben.page.wait_for_selector(ready, state="attached")
        broken += faults(ben.page, path)
    ben.context.clear_cookies()
    for path in ("/sign-in", "/reset"):
        ben.page.goto(f"{path}?lang={lang}")
        broken += faults(ben.page, path)
    assert broken == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_a_phone(hub: Served, sit: Sit, lang: str) -> None:
    ben = sit("ben", lang)
    ben.page.set_viewport_size({"width": 390, "height": 820})
    wide: list[str] = []
    for path, ready in PAGES.items():
        ben.page.goto(path)
        ben.page.wait_for_selector(ready.replace(" tr[data-ref]", ""), state="attached")
        width = ben.page.evaluate("document.documentElement.scrollWidth")
        wide += [f"{path} is {width} px wide"] if width > 390 else []
    assert wide == []


def test_the_menus_of_pages_open_by_key_one_at_a_time_and_none_is_left_open(sit: Sit) -> None:
    page = sit("ben", "zh").page
    page.set_viewport_size({"width": 390, "height": 820})
    page.goto("/desk")
    menus = page.locator("details.menu summary")
    for menu in menus.all():
        menu.focus()
        page.keyboard.press("Enter")
        assert page.locator("details.menu[open]").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    # What lies under an open menu is not to be pressed meanwhile; it is looked at by itself above.
    broken = [one for one in faults(page, "an open menu") if "target-size" not in one or "details" in one]
    assert broken == []
    page.keyboard.press("Escape")
    assert page.locator("details.menu[open]").count() == 0
    assert menus.last.evaluate("one => one === document.activeElement")
    menus.first.click()
    page.locator("footer").first.click(position={"x": 2, "y": 2})
    assert page.locator("details.menu[open]").count() == 0


def faults(page, path: str) -> list[str]:
    """What breaks a rule on this page, each with where it is."""
    # Text is there before the styles are; without them every link is too small.
    page.wait_for_load_state("load")
    found = Axe().run(page, options={"resultTypes": ["violations"], **RULES}).response["violations"]
    return [f"{path} {one['id']}: {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"][:4]]
