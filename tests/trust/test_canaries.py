"""Every word somebody types is a word nobody else uses; none of them is found in anything an outsider can open."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pypdfium2
import pytest
from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from tests.conftest import found
from tests.databases import Sqlite
from tests.night import Hub, held_night
from tests.notify.sink import smtp_sink
from tests.trust import knocking, twins
from tests.trust.city import Person
from tests.trust.knocking import Cell, City

MARK = "canary"
PAPERS = ("/operations/EXPO/briefing.pdf", "/operations/EXPO/briefing.docx", "/operations/EXPO/review.pdf")


@pytest.fixture(scope="module")
def walked(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[City, str]]:
    """A city whose every typed word is a canary, and all that was logged and sent to carrier B while it was made."""
    passwords.use(CHEAPEST)
    folder = tmp_path_factory.mktemp("canaries")
    url = sqlite_files.copied("house", found, folder)
    heard: list[str] = []
    ear = logging.Handler()
    ear.emit = lambda record: heard.append(record.getMessage())
    logging.getLogger().addHandler(ear)
    with smtp_sink() as (sink, settings), held_night(Hub(folder, url)) as hub:
        hub.app.config.update(settings)
        city = knocking.founded(hub, folder / "kept.db", words=lambda _: f"{MARK}{secrets.token_hex(6)}")
        twins.quiet(hub)
        letters = [one for one in sink.letters if not one["To"].startswith(("lead.", "support.", "informed."))]
        heard += [str(one) for one in letters if "carrier-b" in str(one["To"]) or "outsider." in str(one["To"])]
        yield city, "\n".join(heard)
        city.close()
    logging.getLogger().removeHandler(ear)


def opened(city: City, person: Person, address: str) -> str:
    """All words of what stands at an address, out of a document as well."""
    answer = city.hub.app.test_client(use_cookies=False).get(address, headers=person.headers)
    raw = answer.get_data()
    if raw.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(raw)
        return "".join(page.get_textpage().get_text_range() for page in pages)
    if is_zipfile(BytesIO(raw)):
        with ZipFile(BytesIO(raw)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return f"{answer.headers} {raw.decode('utf-8', 'replace')}"


def sinks(city: City, person: Person) -> dict[str, str]:
    """Everything somebody can open, by address."""
    made: dict[str, str] = {}
    for door in knocking.doors():
        if door.method == "GET" and not any(part in door.path for part in ("<form>", "<kind>", ".pdf")):
            state = "open" if f"{door.thing}:open" in city.things else "-"
            made[door.name] = knocking.said(knocking.knock(city, Cell(door, person, state)))
    return made | {address: opened(city, person, address) for address in PAPERS}


@pytest.mark.parametrize("relation", ["outsider", "outside", "withdrawn"])
def test_no_canary_is_found_in_anything_an_outsider_opens(walked: tuple[City, str], relation: str) -> None:
    city, _ = walked
    found_in = {name for name, said in sinks(city, city.people["coordinator", relation]).items() if MARK in said}
    assert found_in == set()


def test_no_canary_is_found_in_the_log_or_in_a_letter_to_an_outsider(walked: tuple[City, str]) -> None:
    assert MARK not in walked[1]


def test_whoever_may_know_finds_the_canaries(walked: tuple[City, str]) -> None:
    city, _ = walked
    found_in = {name for name, said in sinks(city, city.people["duty_officer", "lead"]).items() if MARK in said}
    assert len(found_in) > 30
    assert PAPERS[0] in found_in
