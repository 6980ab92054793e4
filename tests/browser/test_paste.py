"""One operator files four hundred outlets by one paste, in a real browser, and the seconds it took are said."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.board.served import Served, served
from tests.browser import days
from tests.browser.conftest import Sit
from tests.conftest import found
from tests.databases import Sqlite
from tests.returns.expo import CODES, QUIET

pytestmark = pytest.mark.browser
OUTLETS = 400
DOOR = "/operations/DAILY/zero-reports"
# Many times what it takes; only a standstill is longer.
LONGEST = 60_000


@pytest.fixture(scope="module")
def hub(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A carrier with four hundred outlets that owe this day."""
    folder = tmp_path_factory.mktemp("morning")
    days.write_morning(folder, sqlite_files.copied("house", found, folder), OUTLETS)
    with served(folder) as made:
        yield made


def test_four_hundred_outlets_are_filed_by_one_paste(sit: Sit, hub: Served, capsys: pytest.CaptureFixture[str]) -> None:
    page = sit("dan", "zh").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{DOOR}/today")
    expect(page.locator(".own-units li")).to_have_count(OUTLETS)
    numbers = "\t".join(str(QUIET[code]) for code in CODES)
    rows = [f"A{n:03}\ttoday\t{numbers}" for n in range(OUTLETS)]
    text = "\n".join(["\t".join(["unit code", "date", *CODES]), *rows])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    says = page.locator("[data-sheet-says]")
    begin = time.perf_counter()
    page.locator("#pasted").focus()
    page.keyboard.press("Control+V")
    expect(says).to_contain_text(f"可报{OUTLETS}行", timeout=LONGEST)
    seen = time.perf_counter()
    page.get_by_role("button", name="报送这些行").click()
    expect(says).to_contain_text(f"已报{OUTLETS}行", timeout=LONGEST)
    done = time.perf_counter()
    with capsys.disabled():
        print(f"\n400 outlets: paste and preview {seen - begin:.1f} s, filing {done - seen:.1f} s")
    told = hub.as_("dan").get(f"{DOOR}/matrix?from={_today(hub)}&to={_today(hub)}").json
    assert told["days"][0]["counts"] == {"zero": OUTLETS}
    page.reload()
    expect(page.locator(".page-head")).to_contain_text(f"0 / {OUTLETS}")


def _today(hub: Served) -> str:
    return str(hub.as_("dan").get(DOOR).json["date"])
