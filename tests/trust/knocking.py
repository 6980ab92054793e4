"""Everybody knocks at every door: the cells of the matrix, what each must answer, and what it did answer.

The doors come from the application, the people and the things from the city; what must happen comes from the table on
paper. Whoever may not know of a thing must be answered, byte for byte, as they are about a thing that does not exist.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from argon2.profiles import CHEAPEST
from sqlalchemy import update
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from incident_hub.agencies import passwords
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.models import Session
from incident_hub.kernel.database import db, unit_of_work
from tests.conftest import found as found_house
from tests.files.test_doors import photograph
from tests.night import Hub, held_night
from tests.trust import bodies, table
from tests.trust.city import DESKS, NARROW, OTHERWISE, Person, found, speakers
from tests.trust.things import MORNING, STATES, Making, make

REFUSED = (401, 403, 404)
# Answers of a door that is open and says that it does not fit now: somebody who may, and a thing in another state.
UNFIT = (400, 409, 412, 422, 428)
# What a refused request may leave behind: when a session or token was last seen, and that somebody looked in vain.
TRACES = {"session": ("seen_at",), "token": ("last_used_at",)}
LEFT = frozenset({"looks", "look"})
# A try to sign in is counted and recorded, whoever makes it.
TRIED = ("POST ~/session", "POST /sign-in", "POST ~/session/proof", "POST ~/account/password")
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Door:
    """A line of the table."""

    method: str
    path: str
    scope: str
    thing: str
    verb: str

    @property
    def name(self) -> str:
        """How it is called in the tables."""
        return f"{self.method} {self.path}"

    @property
    def page(self) -> bool:
        """Whether people read it in a browser."""
        return not self.path.startswith("~")

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET"


@dataclass(frozen=True)
class Cell:
    """Somebody, a door, and the state of the incident it is about."""

    door: Door
    person: Person
    state: str

    def __str__(self) -> str:
        return f"{self.door.name} by {self.person}, {self.state}"


@dataclass
class City:
    """The world of the matrix, which is put back as it was after every change."""

    hub: Hub
    people: dict[tuple[str, str], Person]
    things: dict[str, str]
    kept: Path
    told: dict[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])
    _watch: sqlite3.Connection | None = None
    _version: int = -1
    _print: str = ""

    @property
    def file(self) -> Path:
        """Where the database is."""
        return self.hub.folder / "hub.db"

    def keep(self) -> None:
        """This is how the world is; everybody was seen a moment ago, so that being seen changes nothing."""
        for person in self.people.values():
            self.hub.app.test_client(use_cookies=False).get("/api/v1/me", headers=person.headers)
        # And everybody has just proved to be there: what is tried is who they are.
        with unit_of_work() as at:
            db.session.execute(update(Session).values(proved_at=at))
        self._let_go()
        shutil.copy(self.file, self.kept)
        self._begin()
        self.stands()

    def stands(self) -> None:
        """From now on a change is what differs from this moment; it is put back to when it was kept all the same."""
        self.touched()
        self._print = fingerprint(self.raw)

    def restore(self) -> None:
        """Put everything back."""
        self._let_go(keeping=False)
        for left in self.hub.folder.glob("hub.db-*"):
            left.unlink()
        shutil.copy(self.kept, self.file)
        self._begin()

    def touched(self) -> bool:
        """Whether anything was written at all since this was asked last."""
        version = self.raw.execute("PRAGMA data_version").fetchone()[0]
        before, self._version = self._version, version
        return bool(version != before)

    def changed(self) -> bool:
        """Whether anything that matters was changed since the world was kept."""
        return self.touched() and self.differs()

    def differs(self) -> bool:
        """Whether the world is another than the one that was kept, but for what a refusal may leave behind."""
        return fingerprint(self.raw) != self._print

    def close(self) -> None:
        """Let go of the file."""
        self._let_go()

    @property
    def raw(self) -> sqlite3.Connection:
        """The database, past the application."""
        assert self._watch is not None
        return self._watch

    def _begin(self) -> None:
        self._watch = sqlite3.connect(self.file, isolation_level=None)
        self._version = self._watch.execute("PRAGMA data_version").fetchone()[0]

    def _let_go(self, *, keeping: bool = True) -> None:
        db.session.remove()
        db.engine.dispose()
        if self._watch is not None:
            if keeping:
                self._watch.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._watch.close()
            self._watch = None
        else:
            raw = sqlite3.connect(self.file)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.close()


def fingerprint(raw: sqlite3.Connection) -> str:
    """One word for everything the database holds, but for traces of a refusal."""
    made = hashlib.sha256()
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for name in names:
        if name in LEFT:
            continue
        columns = [row[1] for row in raw.execute(f'PRAGMA table_info("{name}")')]
        wanted = ", ".join(f'"{one}"' for one in columns if one not in TRACES.get(name, ()))
        for row in raw.execute(f'SELECT {wanted} FROM "{name}" ORDER BY 1'):  # noqa: S608 - names of our own tables
            made.update(repr(row).encode())
    return made.hexdigest()


def doors() -> list[Door]:
    """Every line of the table."""
    made: list[Door] = []
    for line in table.DOORS.strip().splitlines():
        if line.strip():
            method, path, scope, thing, verb = line.split()
            made.append(Door(method, path, scope, thing, verb))
    return made


def unlisted(hub: Hub) -> list[str]:
    """A sentence for every door the application has and the table has not, and the other way round."""
    listed = {one.name for one in doors()}
    there = {
        f"{method} {str(rule).replace('/api/v1', '~')}"
        for rule in hub.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    return [
        *(f"{one} is not in tests/trust/table.py: say there who may and who must not know." for one in there - listed),
        *(f"{one} stands in tests/trust/table.py, but there is no such door." for one in listed - there),
    ]


def cells(city: City) -> Iterator[Cell]:
    """Every cell: a door that is about an incident is tried in every state it has a thing for."""
    for door in doors():
        yield from cells_of(city, door)


def cells_of(city: City, door: Door) -> Iterator[Cell]:
    """Every cell of one door."""
    of_incident = isinstance(table.KNOWN.get(door.thing), dict)
    for state in STATES if of_incident else ("-",):
        if of_incident and f"{door.thing}:{state}" not in city.things:
            continue
        for person in city.people.values():
            yield Cell(door, person, state)


@dataclass(frozen=True)
class Wanted:
    """What must happen: the statuses, and whether the answer is that of a thing that does not exist."""

    statuses: tuple[int, ...]
    as_nothing: bool = False
    opens: bool = False


def wanted(cell: Cell) -> Wanted:
    """What the table on paper says of a cell."""
    door, person = cell.door, cell.person
    if door.thing in table.NOBODY_ASKED:
        return Wanted(table.NOBODY_ASKED[door.thing].get(door.name, (200,)))
    if person.role in ("anonymous", "disabled", "expired"):
        return Wanted((302,) if door.page else (401,))
    if person.role == "narrow" and door.scope != "-" and door.scope not in NARROW:
        return Wanted((403,))
    if person.role == "narrow" and door.name in table.PERSONS:
        return Wanted((403,))
    role = "duty_leader" if person.role in OTHERWISE else person.role
    may = door.verb == "-" or table.MAY[door.verb, role]
    if not knows(cell, role):
        return Wanted((404,) if may else (403, 404), as_nothing=True)
    if not may:
        return Wanted((403,))
    where, seated = table.SEATED.get(door.name, (frozenset[str](), (role,)))
    if person.relation in where and role not in seated:
        return Wanted((403,))
    only = table.ONLY.get(door.name)
    if isinstance(only, dict):
        only = only[cell.state]
    if only is not None and person.relation not in only and table.ALSO.get(door.name) != role:
        return Wanted((403,))
    if door.writes:
        return Wanted((*UNFIT, 200, 201, 303), opens=True)
    return Wanted((200, 302, 409) if door.name in table.NOT_YET else (200, 302), opens=True)


def knows(cell: Cell, role: str) -> bool:
    """Whether the thing is known to whoever asks."""
    known = table.KNOWN.get(cell.door.thing, frozenset())
    desks = known[cell.state] if isinstance(known, dict) else known
    owner = table.PERSONAL.get(cell.door.thing)
    return cell.person.relation in desks and (owner is None or role == owner)


def knock(
    city: City, cell: Cell, *, nothing: bool = False, under: Mapping[str, str] | None = None, key: str = "",
    rest: bytes = b"",
) -> Any:  # fmt: skip
    """Do what the cell says and return the answer; or the same about things that do not exist.

    Shape: `under` are parts of the address that are to be others than those the thing belongs to; `key` is sent with
    it, and `rest` after the body, which makes it another one.
    """
    door = cell.door
    address = door.path.replace("~", "/api/v1")
    named = {**parts(city, cell), **(under or {})}
    for part, value in named.items():
        other = unreal(value) if nothing and part in names_it(door) else value
        address = re.sub(rf"<(?:\w+:)?{part}>", other, address)
    query = bodies.QUERIES.get(door.name)
    body = bodies.bodies(city.things, cell.state).get(door.name) if door.writes else None
    headers = {"Accept": "text/html" if door.page else "application/json", **cell.person.headers}
    more: dict[str, Any] = {}
    if door.name in bodies.VERSIONED:
        headers["If-Match"] = '"1"'
    if body is bodies.PHOTOGRAPH:
        boundary, form = encode_multipart({"file": FileStorage(BytesIO(photograph()), "a.jpg")}, boundary="b" * 20)
        more = {"data": form + rest, "content_type": f"multipart/form-data; boundary={boundary}"}
    elif door.writes:
        more = {"data": json.dumps(body or {}).encode() + rest, "content_type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    db.session.remove()
    client = city.hub.app.test_client(use_cookies=False)
    return client.open(f"{address}?{query}" if query else address, method=door.method, headers=headers, **more)


def founded(hub: Hub, kept: Path, words: Callable[[str], str] = str) -> City:
    """The city with everything in it, as it will be put back."""
    hub.clock.at = MORNING
    people = found(hub)
    made = City(hub, people, make(Making(hub, speakers(hub, people), words)), kept)
    made.keep()
    return made


@contextmanager
def standing(folder: Path) -> Iterator[City]:
    """The city founded anew in a folder of its own, for a command that walks it."""
    passwords.use(CHEAPEST)
    url = f"sqlite:///{folder}/hub.db"
    found_house(url, folder)
    with held_night(Hub(folder, url)) as hub:
        city = founded(hub, folder / "kept.db")
        yield city
        city.close()


def chosen(every: Iterable[Cell], share: int) -> list[Cell]:
    """One cell in so many of every door, always the same, and of each door one that opens and one that hides."""
    made: list[Cell] = []
    by_door: dict[str, list[Cell]] = {}
    for cell in every:
        by_door.setdefault(cell.door.name, []).append(cell)
    for of_door in by_door.values():
        mixed = sorted(of_door, key=lambda one: hashlib.sha256(str(one).encode()).digest())
        first = [next((one for one in mixed if holds(wanted(one))), None) for holds in (_opens, _hides)]
        taken = dict.fromkeys([one for one in first if one] + mixed[: len(mixed) // share])
        made.extend(taken)
    return made


def _opens(want: Wanted) -> bool:
    return want.opens


def _hides(want: Wanted) -> bool:
    return want.as_nothing


def parts(city: City, cell: Cell) -> dict[str, str]:
    """What stands in the address: the thing the door is about, and the incident or operation it is under."""
    door, things = cell.door, city.things
    thing = things.get(f"{door.thing}:{cell.state}") or things.get(door.thing) or "nothing-of-this-name"
    made = dict.fromkeys(_PART.findall(door.path), thing)
    if "op" in made:
        made["op"] = things["operation"]
    if "figure" in made or "entry" in made:
        made["ref"] = things[f"incident:{cell.state}"]
    if door.thing == "finding":
        made |= {"ref": things["visit"], "id": things["finding"]}
    if door.thing == "audited":
        made |= {"id": things["audit"], "ref": things["incident:open"]}
    if door.thing == "link":
        made |= {"ref": things["incident:open"], "id": things["link:open"]}
    if "agency" in made:
        made["agency"] = "postal"
    if "post" in made:
        made["post"] = things["post"]
    for part in ("form", "kind"):
        if part in made:
            made[part] = bodies.FORMS[door.path]
    return made


def names_it(door: Door) -> list[str]:
    """The parts of the address that say which thing is meant."""
    kept = {"form", "kind", "post"} | (set() if door.thing == "operation" else {"op"})
    return [part for part in _PART.findall(door.path) if part not in kept]


def unreal(value: str) -> str:
    """A name of the same length that nothing has."""
    return "0" * len(value)


def judged(city: City, cell: Cell) -> str | None:
    """Knock, and say what is wrong; None when everything is as it must be."""
    want, got = wanted(cell), knock(city, cell)
    fault = None
    if got.status_code not in want.statuses:
        fault = f"{cell}: {got.status_code} and not {want.statuses}: {said(got)[:300]}"
    elif want.as_nothing and (told := differs(city, cell, got)):
        fault = f"{cell}: not as of a thing that does not exist: {told}"
    if city.touched():
        quiet = got.status_code >= 400 or not cell.door.writes
        if not quiet or city.differs():
            city.restore()
            if quiet and cell.door.name not in TRIED:
                fault = fault or f"{cell}: {got.status_code}, and something was changed"
    return fault


def differs(city: City, cell: Cell, got: Any) -> str | None:
    """Where the answer is another than that about a thing that does not exist."""
    # What there is not is told everybody of a role who takes part in the same words but for the desk's name; pages name
    # the person.
    alike = cell.person.role if cell.person.relation != "outside" else str(cell.person)
    key = (cell.door.name, str(cell.person) if cell.door.page else alike)
    names, desk = [value for part, value in parts(city, cell).items() if part in names_it(cell.door)], []
    if not cell.door.page:
        desk = _called(DESKS[cell.person.relation])
    if key not in city.told:
        other = knock(city, cell, nothing=True)
        city.told[key] = plain(other, [unreal(one) for one in names] + desk)
    mine, other = plain(got, names + desk), city.told[key]
    return None if mine == other else f"{mine} / {other}"


def _called(desk: str) -> list[str]:
    """What a desk and its agency are called in an answer, in either language."""
    codes = (desk, desk.partition("/")[0])
    return [name for code in codes for name in (code, agencies.called(code)) if name]


def plain(got: Any, names: list[str]) -> tuple[int, str, list[tuple[str, str]]]:
    """An answer with the names of things taken out."""
    text = said(got)
    for one in sorted(set(names), key=len, reverse=True):
        text = text.replace(one, "…")
    headers = sorted((name, value) for name, value in got.headers.items() if name not in ("Content-Length", "Date"))
    return got.status_code, text, headers


def said(got: Any) -> str:
    """The body of an answer as text, whatever it is."""
    return str(got.get_data().decode("utf-8", "replace"))
