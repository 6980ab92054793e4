"""What a browser prints: nothing is cut short or cut off, and nothing that only a screen can do stands on it."""

from __future__ import annotations

import pytest

from tests.board.served import Served
from tests.browser.conftest import Sit
from tests.browser.test_readable import PAGES
from tests.paper.sheets import run_together

pytestmark = pytest.mark.browser
TITLE = "会展东门揽收点上门揽收时查出不明药液并有两人不适"
# What must be read from a page on paper, and what only a screen can do.
WHOLE = {"/operations/EXPO/board": [TITLE], "/operations/EXPO/roster": ["周一", "周日"]}
SCREEN = ["打印", "XLSX", "撤回", "English"]


def test_pages_print_whole_and_without_buttons(hub: Served, sit: Sit) -> None:
    ref = hub.as_("dan").open(title=TITLE, attention="A", site="carrier-a/site-001")
    page = sit("ben", "zh").page
    faults: list[str] = []
    for path, ready in {**PAGES, f"/incidents/{ref}": "hub-journal"}.items():
        page.goto(path)
        page.wait_for_selector(ready, state="attached")
        words = run_together(page.pdf(format="A4"))
        faults += [f"{path} lacks {said}" for said in WHOLE.get(path, []) if said not in words]
        faults += [f"{path} prints {said}" for said in SCREEN if said in words]
    assert faults == []
