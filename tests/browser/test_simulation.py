"""The page on which a plan is tried: by a person, in both languages and themes, with the rules of readability kept."""

from __future__ import annotations

import os

import pytest

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults

pytestmark = pytest.mark.browser
PATH = "/operations/EXPO/plan/simulation"


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_a_scenario_is_chosen_and_the_night_is_drawn(hub: Served, sit: Sit, lang: str, theme: str) -> None:
    screen = sit("ben", lang, theme)
    page = screen.page
    page.goto(PATH)
    broken = faults(page, f"{PATH} before")
    page.select_option("select[name=scenario]", "nobody-answers")
    page.locator("main form button.main").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("svg.simulation")
    assert page.locator("svg.simulation .call").count() > 10
    assert "Ana" in page.locator("section table").nth(1).inner_text()
    broken += faults(page, f"{PATH} after")
    if folder := os.environ.get("SCREENS"):
        page.screenshot(path=f"{folder}/sim-page-{lang}-{theme}.png", full_page=True)
    assert broken == []


def test_a_pasted_scenario_with_a_slip_is_answered_with_its_line(hub: Served, sit: Sit) -> None:
    page = sit("ben", "en").page
    page.goto(PATH)
    page.select_option("select[name=scenario]", "")
    page.locator("main summary").first.click()
    page.fill("#text", '[scenario]\ntitle = { zh = "夜", en = "Night" }\nstart = "tonight"\nuntil = "+1h"\n')
    page.locator("main form button.main").click()
    page.wait_for_selector("main .empty[role=alert]")
    assert "Line 3" in page.locator("main .empty[role=alert]").inner_text()
