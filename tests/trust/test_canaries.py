"""Every word somebody types is a word nobody else uses; none of them is found in anything an outsider can open.

Beside the words stand what no door has a shape for: numbers of persons, sealed entries, reasons, tokens, PINs, keys.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pypdfium2
import pytest
from argon2.profiles import CHEAPEST
from click.testing import CliRunner
from flask import Response

from incident_hub.agencies import actions, passwords
from incident_hub.agencies import queries as agencies
from incident_hub.cli import hub as command
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.logbook import Lines
from incident_hub.reviews import documents
from tests.conftest import found
from tests.databases import Sqlite
from tests.night import Hub, held_night
from tests.notify.sink import smtp_sink
from tests.trust import knocking, twins
from tests.trust.city import DESKS, Person, login, speakers
from tests.trust.knocking import Cell, City
from tests.trust.things import MORNING, OP

MARK = "canary"
FORMS = {
    "/operations/<op>/briefing.<form>": ("pdf", "docx"),
    "/operations/<op>/review.<form>": tuple(documents.REGISTERED),
    "/operations/<op>/zero-reports/form.<kind>": ("xlsx", "csv"),
}
OUTSIDERS = ("outsider", "outside", "withdrawn")


@dataclass
class Walked:
    """A city of canaries. Shape: `hidden` are secrets by name; `raw` what was logged, `lines` as it stands in a log."""

    city: City
    hidden: dict[str, str]
    raw: list[str] = field(default_factory=list[str])
    lines: list[str] = field(default_factory=list[str])
    letters: list[str] = field(default_factory=list[str])

    def leaks(self, text: str) -> list[str]:
        """The names of the canaries in a text."""
        return [name for name, value in self.hidden.items() if value in text]


@pytest.fixture(scope="module")
def walked(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """A city whose every typed word is a canary, and all that was logged and sent while it was made."""
    passwords.use(CHEAPEST)
    folder = tmp_path_factory.mktemp("canaries")
    url = sqlite_files.copied("house", found, folder)
    raw: list[str] = []
    lines: list[str] = []
    form, ear, root = Lines(), logging.Handler(), logging.getLogger()
    ear.emit = lambda record: lines.append(form.format(record)) or raw.append(record.getMessage())
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.INFO)
    with smtp_sink() as (sink, settings), held_night(Hub(folder, url)) as hub:
        hub.app.config.update(settings)
        city = knocking.founded(hub, folder / "kept.db", words=lambda _: f"{MARK}{secrets.token_hex(6)}")
        made = Walked(city, {"a word": MARK} | _hidden(city), raw, lines)
        twins.quiet(hub)
        # No letter says what somebody typed, whoever it is to.
        made.letters = [f"{one.items()} {one.get_content()}" for one in sink.letters]
        yield made
        city.close()
    root.removeHandler(ear)
    root.setLevel(before)


def _hidden(city: City) -> dict[str, str]:
    """What has no word of its own: made by the doors that keep it, by name."""
    speak = speakers(city.hub, city.people)
    ref = city.things["incident:open"]
    lead = speak("lead")
    sealed = {"text": f"{MARK} sealed", "audience": "sealed"}
    assert lead.post(f"/incidents/{ref}/journal", sealed).status_code == 201
    held = {"incident": ref, "reason": f"{MARK} held", "until": (MORNING + timedelta(days=9)).isoformat()}
    assert speak("lead", "duty_leader").post(f"{OP}/holds", held).status_code < 300
    ending = f"/incidents/{ref}/links/{city.things['link:open']}/ending"
    assert lead.post(ending, {"reason": f"{MARK} unlinked"}).status_code < 300
    assert lead.post("/account/pin", {"pin": "739150"}).status_code == 200
    begun = lead.post("/account/totp")
    member = agencies.member_by_login(login("duty_officer", "lead"))
    assert member is not None
    with unit_of_work() as at:
        desk, until = agencies.seats_of(member.id)[0][0].id, at + timedelta(days=1)
        token = actions.issue_token(member.id, desk, ["*"], label="x", expires_at=until, at=at, by=CONSOLE)
    used = city.hub.app.test_client(use_cookies=False)
    assert used.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    calendar = lead.post(f"{OP}/calendars", {"scope": "mine"}).json["path"].partition("token=")[2]
    assert used.get(f"/api/v1{OP}/roster.ics?token={calendar}").status_code == 200
    return {
        "a waybill": "SF1234567890", "a telephone": "13900000000", "a PIN": "739150", "a token": token,
        "a TOTP key": begun.json["secret"], "the secret of a calendar": calendar, "a webhook": "hooks.example.org",
        "a session": city.people["duty_officer", "lead"].headers["Cookie"].partition("=")[2],
    }  # fmt: skip


def words(raw: bytes) -> str:
    """All words of a document, whatever it is made of."""
    if raw.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(raw)
        return "".join(page.get_textpage().get_text_range() for page in pages)
    if is_zipfile(BytesIO(raw)):
        with ZipFile(BytesIO(raw)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return raw.decode("utf-8", "replace")


def sinks(city: City, person: Person, *, tries: bool = False) -> dict[str, str]:
    """Everything somebody can open or is refused, with the heads of the answers, by address; what they try as well."""
    made: dict[str, str] = {}
    for door in knocking.doors():
        if door.thing in ("open", "secret", "machine") or (door.writes and (not tries or door.name in knocking.TRIED)):
            continue
        state = "open" if f"{door.thing}:open" in city.things else "-"
        for form in FORMS.get(door.path, ("",)):
            under = {part: form for part in ("form", "kind") if form and f"<{part}>" in door.path}
            answer = knocking.knock(city, Cell(door, person, state), under=under)
            made[f"{door.name} {form}".strip()] = f"{answer.headers} {words(answer.get_data())}"
            # What an outsider made by a body of its own is its own.
            if door.writes and city.touched():
                city.restore()
    return made


def typed(city: City, desk: str, folder: Path) -> str:
    """What the commands write for a desk, and what they say."""
    said: list[str] = []
    place = ["--data", str(city.hub.folder)]
    for form in documents.REGISTERED:
        file = folder / f"review.{form}"
        asked = ["review", "EXPO", "--as", desk, "--format", form, "-o", str(file), *place]
        db.session.remove()
        result = CliRunner().invoke(command, asked)
        said += [result.output, str(result.exception), words(file.read_bytes()) if file.exists() else ""]
    return "\n".join(said).replace(str(folder), "")


@pytest.mark.parametrize("relation", OUTSIDERS)
def test_no_canary_is_found_in_anything_an_outsider_opens_or_is_refused(walked: Walked, relation: str) -> None:
    found_in = sinks(walked.city, walked.city.people["coordinator", relation], tries=relation == "outsider")
    assert {name: leaks for name, said in found_in.items() if (leaks := walked.leaks(said))} == {}


def test_no_canary_is_found_in_what_a_command_writes_for_an_outsider(walked: Walked, tmp_path: Path) -> None:
    assert walked.leaks(typed(walked.city, DESKS["outsider"], tmp_path)) == []


def test_no_canary_is_found_in_the_log_or_in_any_letter(walked: Walked) -> None:
    assert len(walked.lines) > 100
    assert walked.leaks("\n".join(walked.lines)) == []
    assert MARK not in "\n".join(walked.raw)
    assert walked.letters
    assert walked.leaks("\n".join(walked.letters)) == []


def test_whoever_may_know_finds_the_canaries(walked: Walked, tmp_path: Path) -> None:
    city = walked.city
    found_in = {name for name, said in sinks(city, city.people["duty_officer", "lead"]).items() if MARK in said}
    assert len(found_in) > 30
    assert {f"GET /operations/<op>/briefing.<form> {form}" for form in ("pdf", "docx")} <= found_in
    assert {f"GET /operations/<op>/review.<form> {form}" for form in documents.REGISTERED} <= found_in
    assert MARK in typed(city, DESKS["lead"], tmp_path)


def test_a_planted_canary_is_caught(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    city = walked.city
    title = city.raw.execute("SELECT title FROM incident WHERE ref = ?", (city.things["incident:open"],)).fetchone()[0]
    monkeypatch.setattr(knocking.table, "DOORS", "GET ~/incidents/<ref> incidents:read incident board.read")
    city.hub.app.after_request_funcs.setdefault(None, []).append(_tells(title))
    try:
        said = sinks(city, city.people["coordinator", "outsider"])
    finally:
        city.hub.app.after_request_funcs[None].pop()
    assert walked.leaks(said["GET ~/incidents/<ref>"]) == ["a word"]


def _tells(title: str) -> Callable[[Response], Response]:
    def told(answer: Response) -> Response:
        answer.headers["X-About"] = title
        return answer

    return told
