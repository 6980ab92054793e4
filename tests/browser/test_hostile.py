"""Script in every text that anybody can type, shown on every page in Chromium: nothing of it runs, or becomes markup.

What is typed comes in through the doors (`tests.browser.hostile`); the pages are those of the table on paper. A page is
judged by what the browser reports of its policy, by a canary that script or markup would call, and by marked elements
that are not text any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from argon2.profiles import CHEAPEST
from playwright.sync_api import Browser

from incident_hub.agencies import passwords
from tests.browser import hostile
from tests.browser.screens import REPORT
from tests.conftest import found
from tests.databases import Sqlite
from tests.night import Hub, held_night
from tests.trust import knocking
from tests.trust.city import Person, speakers
from tests.trust.knocking import Cell, City

pytestmark = pytest.mark.browser

MARKED = (
    "document.querySelectorAll('[data-canary], main script:not([src]), main iframe, main object, main base').length"
)
DEEP = """() => { let found = 0; const look = root => { for (const one of root.querySelectorAll('*')) {
  const calls = a => /^on/.test(a.name) && /canary/.test(a.value);
  if (one.hasAttribute('data-canary') || [...one.attributes].some(calls)) found++;
  if (one.shadowRoot) look(one.shadowRoot); } }; look(document); return found; }"""
# Doors that take texts and could not be given script here, each with why.
LEFT = {
    "POST ~/account/passkeys": "a passkey is made by a device; its label is put in past the door",
    "POST ~/gateways/<gateway>/receipts": "a gateway signs what it says, and all of it is codes",
    "POST ~/gateways/voice/answers": "a gateway signs what it says, and all of it is codes",
    "POST ~/incidents/<ref>/plan": "an incident follows another plan only once one is in force",
    "POST ~/obligations/<id>/extension": "the plan lets the agency above, and none here is above another",
    "POST ~/obligations/<id>/waiver": "the plan lets the agency above, and none here is above another",
    "POST ~/operations/<op>/zero-reports/sheet": "a sheet is rows; their texts are those of a batch",
    "POST ~/reports/<id>/forwarding": "the plan has no way of reports onward from whoever was sent one here",
}


@dataclass
class Seen:
    """Somebody's browser, and what it told of."""

    url: str
    person: Person
    lang: str
    told: list[str] = field(default_factory=list[str])

    @property
    def cookie(self) -> str:
        """The secret of the session, as the browser keeps it."""
        return self.person.headers["Cookie"].partition("=")[2]

    def look(self, browser: Browser, paths: list[str]) -> list[str]:
        """Open each page; the faults, by page."""
        faults: list[str] = []
        with browser.new_context(base_url=self.url, locale="en", reduced_motion="reduce") as context:
            cookies = [("hub_session", self.cookie), ("hub_lang", self.lang)]
            context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies])
            context.add_init_script(REPORT)
            context.add_init_script("window.canary = () => { console.error('CANARY'); }")
            page = context.new_page()
            page.on("dialog", lambda dialog: self.told.append(f"dialog {dialog.message}"))
            page.on("console", lambda one: self.told.append(one.text) if re.search("CANARY|CSP", one.text) else None)
            page.on(
                "request", lambda one: None if one.url.startswith((self.url, "data:")) else self.told.append(one.url)
            )
            for path in paths:
                page.goto(path, wait_until="load")
                page.wait_for_timeout(30)
                if page.evaluate(MARKED) or page.evaluate(DEEP) or self.told:
                    faults.append(f"{path} ({self.lang}, {self.person}): {self.told}")
                    self.told.clear()
        return faults

    def readable(self, paths: list[str]) -> list[str]:
        """The pages that are drawn for this person."""
        with httpx.Client(
            base_url=self.url, cookies={"hub_session": self.cookie}, trust_env=False, timeout=30
        ) as quick:
            answers = {path: quick.get(path, headers={"Accept": "text/html"}) for path in paths}
        return [
            path for path, one in answers.items()
            if one.status_code == 200 and one.headers["Content-Type"].startswith("text/html")
        ]  # fmt: skip


@pytest.fixture(scope="module")
def typed(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[City, dict[str, str], int]]:
    """The city, the doors that took no script with why, and how many did."""
    passwords.use(CHEAPEST)
    folder = tmp_path_factory.mktemp("hostile")
    with held_night(Hub(folder, sqlite_files.copied("house", found, folder))) as hub:
        words = hostile.Words()
        words.watch(hub.app)
        city = knocking.founded(hub, folder / "kept.db", words.next)
        document = hub.app.test_client().get("/api/v1/openapi.json").json
        wrong = [path for path, status in hostile.course(city, words) if status >= 300]
        assert wrong == []
        left = hostile.fill(city, words, document or {})
        for state in ("open", "red"):
            # Whoever was sent away while the doors were tried comes back to look.
            path = f"/incidents/{city.things[f'incident:{state}']}/access"
            speakers(hub, city.people)("lead").post(path, {"desk": "carrier-a/duty", "role": "support"})
        hostile.rename(folder)
        yield city, left, len(words.took)
        city.close()


def addresses(city: City, state: str) -> list[str]:
    """The address of every page, about a thing in a state."""
    made: list[str] = []
    for door in knocking.doors():
        if door.page and door.method == "GET" and not re.search(r"\.|<name>|<secret>|static|healthz|readyz", door.path):
            path = door.path
            cell = Cell(door, city.people["duty_leader", "lead"], state)
            for part, value in knocking.parts(city, cell).items():
                path = re.sub(rf"<(?:\w+:)?{part}>", value, path)
            made.append(path)
    return list(dict.fromkeys(made))


def test_script_stands_in_every_text_that_the_doors_take(typed: tuple[City, dict[str, str], int]) -> None:
    _, left, took = typed
    assert left.keys() == LEFT.keys(), left
    assert took >= 80


@pytest.mark.parametrize(
    ("role", "relation", "lang"), [("duty_leader", "lead", "zh"), ("duty_leader", "support", "en")]
)
def test_nothing_that_anybody_wrote_runs_or_becomes_markup(
    typed: tuple[City, dict[str, str], int], browser: Browser, role: str, relation: str, lang: str
) -> None:
    city, *_ = typed
    with hostile.served(city.hub) as url:
        seen = Seen(url, city.people[role, relation], lang)
        paths = seen.readable(addresses(city, "open"))
        assert len(paths) > 30
        assert seen.look(browser, paths) == []


def test_what_would_be_seen_is_seen(typed: tuple[City, dict[str, str], int], browser: Browser) -> None:
    city, *_ = typed
    with hostile.served(city.hub) as url, browser.new_context(base_url=url) as context:
        heard: list[str] = []
        context.add_init_script(REPORT)
        context.add_init_script("window.canary = () => { console.error('CANARY'); }")
        page = context.new_page()
        page.on("console", lambda one: heard.append(one.text))
        page.goto("/sign-in")
        planted = "<img data-canary=1 src=x onerror=canary()>"
        page.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', '{planted}')")
        page.wait_for_timeout(200)
        assert page.evaluate(MARKED) == 1
        assert page.evaluate(DEEP) >= 1
        assert any("CSP" in one for one in heard)
