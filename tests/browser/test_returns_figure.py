"""The daily returns on the board: the figure moves when a return is filed, with nothing fetched for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.board.served import Served, served
from tests.browser import days
from tests.browser.conftest import Sit
from tests.browser.test_readable import faults
from tests.conftest import found
from tests.databases import Sqlite
from tests.returns.expo import QUIET

pytestmark = pytest.mark.browser
DOOR = "/operations/DAILY/zero-reports"


@pytest.fixture(scope="module")
def hub(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small city after eleven days of returns."""
    folder = tmp_path_factory.mktemp("figure")
    days.write(folder, sqlite_files.copied("house", found, folder))
    with served(folder) as made:
        yield made


def test_the_figure_moves_by_the_entry_alone(sit: Sit, hub: Served) -> None:
    page = sit("ben", "zh").board("DAILY")
    figure = page.locator(".returns-figure")
    expect(figure).to_contain_text("应报 31 家，已报 18 家")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    on = hub.as_("dan").get(DOOR).json["date"]
    line: dict[str, Any] = {"unit": "A018", "date": on, "counts": QUIET, "stated_by": "值班员", "late_reason": "停电"}
    assert hub.as_("dan").post(DOOR, line).status_code == 201
    expect(figure).to_contain_text("已报 19 家")
    assert [one for one in asked if one.endswith(("/board", "/figure"))] == []


@pytest.mark.parametrize(("lang", "theme", "width"), [("zh", "light", 1366), ("en", "dark", 390)])
def test_who_is_missing_is_named_and_can_be_read(sit: Sit, lang: str, theme: str, width: int) -> None:
    screen = sit("ben", lang, theme)
    screen.page.set_viewport_size({"width": width, "height": 844})

    def late(route: Route) -> None:
        # The same board an hour after the cut-off.
        told = route.fetch().json()
        title = {"zh": "港湾路一部", "en": "Harbour Road 1"}
        missing = [{"unit": f"A{n:03}", "title": title, "agency": "carrier-a"} for n in range(18, 30)]
        route.fulfill(body=json.dumps(told | {"zero_reports": told["zero_reports"] | {"missing": missing}}))

    screen.page.route("**/api/v1/operations/DAILY/board", late)
    page = screen.board("DAILY")
    figure = page.locator(".returns-figure")
    expect(figure.locator("li")).to_have_count(8)
    expect(figure).to_contain_text("缺报 12 家" if lang == "zh" else "12 missing")
    expect(figure).to_contain_text("另有 4 家" if lang == "zh" else "and 4 more")
    assert faults(page, "board") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
