"""python -m tests.browser.pictures: draws the pictures of daily returns that the documents show, from made-up days."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests import chromium
from tests.board.served import Served, served
from tests.browser import days
from tests.browser.screens import Screen
from tests.conftest import found
from tests.databases import Sqlite

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Half filled in: two numbers that should be equal differ.
SHOWN = {"accepted": "412", "inspected": "410", "sealed": "412", "screened": "412"}


def draw() -> None:
    """Both pictures, in Chinese and light, as a duty room sees them."""
    with TemporaryDirectory() as root:
        folders = iter(Path(root) / name for name in ("kept", "also", "days"))
        for one in ("kept", "also", "days"):
            (Path(root) / one).mkdir()
        sqlite, folder = Sqlite(lambda _name: next(folders)), Path(root) / "days"
        days.write(folder, sqlite.copied("house", found, folder))
        with served(folder) as hub, chromium.browser() as browser:
            _matrix(Screen(hub, browser, "ben", "zh"), hub)
            _phone(Screen(hub, browser, "cleo", "zh"), hub)


def _matrix(screen: Screen, hub: Served) -> None:
    page = screen.enter(hub.session("ben"))
    page.goto(days.DOOR)
    page.wait_for_selector("html[data-live=live]")
    page.screenshot(path=DOCS / "matrix.png")
    screen.close()


def _phone(screen: Screen, hub: Served) -> None:
    page = screen.enter(hub.session("cleo"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{days.DOOR}/today")
    page.wait_for_selector("html[data-live=live]")
    for code, n in SHOWN.items():
        page.locator(f"#n-{code}").fill(n)
    page.screenshot(path=DOCS / "return-phone.png")
    screen.close()


if __name__ == "__main__":
    draw()
