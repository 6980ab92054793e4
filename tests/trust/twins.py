"""One trace played twice: with secret incidents and without, or with other secrets; what an outsider receives of each.

The outsider is carrier B, which takes part and knows of none of them. Identifiers come from the seed and the deed that
makes them, so the two transcripts are compared byte for byte; only identifiers the engine draws by itself, and hashes,
which rest on salts, are left out.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from incident_hub.agencies import askers
from incident_hub.board.live.pump import Pump
from incident_hub.board.live.watchers import Watchers
from incident_hub.kernel import clock, feeds, text
from incident_hub.kernel.database import db
from tests.night import Hub
from tests.trust import knocking
from tests.trust.city import Person
from tests.trust.knocking import Cell, City
from tests.trust.things import COUNTS, INSPECTORS, OP, SITE, TODAY

DEEDS = 9
# How many of the doors are looked through after each trace; another seed takes others.
LOOKS = 20
# Titles, seals and numbers are few, so that what is secret often equals what the outsider has.
TITLES, SEALS, WAYBILLS = ("rupture", "powder", "knives"), ("S-1", "S-2"), ("SF1234567890", "SF1111111111")
_ALPHABET = string.ascii_letters + string.digits
_BY_ENGINE = re.compile(r"Qq[A-Za-z0-9]{14}")
_ONE = re.compile(r"\[{|},{|}\]|<tr|<li")
_HASH = re.compile(r"\b[0-9a-f]{64,128}\b|\b[0-9a-f]{16}\b")


def quiet(hub: Hub) -> None:
    """Let the engine do all that is due by now; one pass does only so much."""
    for _ in range(40):
        if not hub.tick():
            return


class Ids:
    """Random identifiers that depend on the deed they are made in and on nothing else."""

    def __init__(self, seed: str, prefix: str = "") -> None:
        self.dice, self.prefix = random.Random(seed), prefix

    def choice(self, letters: str) -> str:
        """One letter of a reference that is read aloud."""
        return self.dice.choice(letters)

    def token_urlsafe(self, _bytes: int) -> str:
        """An opaque identifier."""
        made = "".join(self.dice.choice(_ALPHABET) for _ in range(16))
        return self.prefix + made[len(self.prefix) :]


@contextmanager
def numbered(ids: Ids) -> Iterator[None]:
    """Let everything made in this block be called by these identifiers."""
    before = text.secrets
    text.secrets = ids
    try:
        yield
    finally:
        text.secrets = before


class Recorder:
    """The socket server as the pump sees it: keeps what would be sent, and to whom."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.server = self

    def emit(self, name: str, value: Any, *, to: str, namespace: str) -> None:
        """A frame goes out."""
        self.sent.append(f"{name} {value}")

    def disconnect(self, sid: str, namespace: str) -> None:
        """A socket is ended."""
        self.sent.append("disconnected")


class Play:
    """One of the two plays of a trace."""

    def __init__(self, city: City, seed: int, secret: str | None, letters: list[Any]) -> None:
        self.city, self.seed, self.secret, self.letters = city, seed, secret, letters
        self.lines: list[str] = []
        self.refs: list[str] = []
        self.hidden: list[str] = []
        self.values: dict[str, list[str]] = {"outsider": [], "lead": []}
        self.dice = random.Random()
        city.restore()
        letters.clear()
        self.recorder, self.watchers = Recorder(), Watchers()
        self.pump = Pump(city.hub.app, self.recorder, self.watchers)
        self._watch()

    def run(self) -> list[str]:
        """Play it and look at everything; the transcript."""
        for n in range(DEEDS):
            self.dice = random.Random(f"{self.seed}/{n}")
            self.city.hub.clock.forward(seconds=self.dice.choice((1, 5, 15, 40)))
            with numbered(Ids(f"{self.seed}/{n}/open")):
                self.dice.choice(_OPEN)(self)
            if self.secret is not None:
                self.dice = random.Random(f"{self.seed}/{n}/{self.secret}")
                with numbered(Ids(f"{self.seed}/{n}/{self.secret}")):
                    for _ in range(2):
                        self.dice.choice(_SECRET)(self)
            # The engine looks so often that hardly two steps are due at one look: their order is chance even alone.
            if n % 3 == 2:
                with numbered(Ids(f"{self.seed}/{n}/engine", "Qq")):
                    self.city.hub.tick()
            self._hear()
        self._look()
        return self._plain()

    def ask(self, relation: str, path: str, body: Any = None, role: str = "duty_officer") -> Any:
        """Do something; what the outsider is answered is part of what it receives."""
        person = self.city.people[role, relation]
        answer = self.open(person, "POST", f"/api/v1{path}", json=body or {})
        if relation == "outsider":
            self._received(f"POST {path}", answer)
        return answer

    def open(self, person: Person, method: str, address: str, **more: Any) -> Any:
        db.session.remove()
        client = self.city.hub.app.test_client(use_cookies=False)
        return client.open(address, method=method, headers=person.headers, **more)

    def _received(self, what: str, answer: Any) -> None:
        headers = sorted(f"{name}: {value}" for name, value in answer.headers.items())
        self.lines.append(f"{what} {answer.status_code} {headers} {knocking.said(answer)}")

    def _watch(self) -> None:
        person = self.city.people["duty_officer", "outsider"]
        secret = person.headers["Cookie"].partition("=")[2]
        asker = askers.asker_of_session(secret, None, clock.now())
        assert asker is not None
        feed = (self.city.hub.expo.id, asker.desk_id)
        self.watchers.join("outsider", asker)
        self.watchers.follow("outsider", feed, feeds.head(*feed))

    def _hear(self) -> None:
        self.pump._told_at = 0.0
        self.pump.look()
        db.session.rollback()

    def _look(self) -> None:
        self.lines.extend(self.recorder.sent)
        ours = [one for one in self.letters if one["To"].startswith("outsider.")]
        self.lines.extend(sorted(f"letter to {one['To']}: {one['Subject']} {one.get_content()}" for one in ours))
        dice = random.Random(self.seed)
        person = self.city.people[dice.choice(("duty_officer", "coordinator")), "outsider"]
        for door in dice.sample(_SEEN, LOOKS):
            self._received(door.name, knocking.knock(self.city, Cell(door, person, "-")))
        more = [
            f"/api/v1{OP}/incidents?q={dice.choice(TITLES)}",
            "/api/v1/notices?of=desk&limit=200",
            f"/api/v1{OP}/feed",
        ]
        more += [f"{place}{ref}{page}" for ref in self.refs[:2] for place, page in dice.sample(_OWN, 5)]
        for address in more:
            self._received(address, self.open(person, "GET", address))

    def _plain(self) -> list[str]:
        lines = [_BY_ENGINE.sub("engine", _HASH.sub("hash", line)) for line in self.lines]
        # Notices of one instant stand in the order of identifiers the engine drew.
        return ["".join(sorted(_ONE.split(line))) if "notices" in line[:40] else line for line in lines]


_DOCUMENTS = ("/notices", ".<form>", ".pdf", "openapi", "form.<kind>", "/sessions")
_SEEN = [
    one
    for one in knocking.doors()
    if one.method == "GET"
    and one.thing in ("house", "operation", "outage", "version")
    and not any(part in one.path for part in _DOCUMENTS)
]
_OWN = (
    ("/incidents/", ""), ("/api/v1/incidents/", ""), ("/api/v1/incidents/", "/journal"),
    ("/api/v1/incidents/", "/items"), ("/api/v1/incidents/", "/personal"), ("/api/v1/incidents/", "/links"),
    ("/api/v1/incidents/", "/looks"), ("/incidents/", "/looks"), ("/incidents/", "/personal"),
    ("/api/v1/incidents/", "/access"), ("/api/v1/incidents/", "/access/preview?desk=police/duty"),
)  # fmt: skip


def _opens(play: Play) -> None:
    body = {"type": "IT", "title": play.dice.choice(TITLES), "summary": "seen", "site": "carrier-b/site-001"}
    answer = play.ask("outsider", f"{OP}/incidents", body)
    if answer.status_code == 201:
        play.refs.append(answer.json["ref"])


def _on_own(path: str, body: Callable[[Play], Any], relation: str = "outsider") -> Callable[[Play], None]:
    def deed(play: Play) -> None:
        if not play.refs:
            _opens(play)
        else:
            play.ask(relation, f"/incidents/{play.dice.choice(play.refs)}{path}", body(play))

    return deed


def _marks(relation: str, refs: Callable[[Play], list[str]]) -> Callable[[Play], None]:
    """The leader of the desk in the lead changes the mark."""

    def deed(play: Play) -> None:
        if found := refs(play):
            body = {"tlp": play.dice.choice(("RED", "AMBER", "GREEN")), "basis": "so"}
            play.ask(relation, f"/incidents/{play.dice.choice(found)}/tlp", body, role="duty_leader")

    return deed


def _links(relation: str, refs: Callable[[Play], list[str]]) -> Callable[[Play], None]:
    """Two incidents are the same event."""

    def deed(play: Play) -> None:
        if len(found := refs(play)) > 1:
            one, other = play.dice.sample(found, 2)
            play.ask(relation, f"/incidents/{one}/links", {"to": other, "kind": "related"})

    return deed


def _reveals(relation: str, refs: Callable[[Play], list[str]]) -> Callable[[Play], None]:
    """Ask to read a value of a person; it is kept first where there is none."""

    def deed(play: Play) -> None:
        if play.values[relation]:
            play.ask(relation, f"/personal/{play.dice.choice(play.values[relation])}/reveals", {"reason": "so"})
        elif found := refs(play):
            answer = play.ask(relation, f"/incidents/{play.dice.choice(found)}/personal", _waybill(play))
            if answer.status_code == 201:
                play.values[relation].append(answer.json["id"])

    return deed


def _own_refs(play: Play) -> list[str]:
    return play.refs


def _hidden_refs(play: Play) -> list[str]:
    return [*play.hidden, play.city.things["incident:open"], play.city.things["incident:red"]]


def _looks_in(play: Play) -> None:
    """Somebody who may know reads a secret incident, and who has looked at it."""
    person = play.city.people["duty_leader", "lead"]
    for page in ("", "/looks"):
        play.open(person, "GET", f"/incidents/{play.dice.choice(_hidden_refs(play))}{page}")


def _plainly(relation: str, path: str, body: dict[str, Any]) -> Callable[[Play], None]:
    def deed(play: Play) -> None:
        play.ask(relation, path, body)

    return deed


def _item(play: Play) -> dict[str, Any]:
    return {"sort": "suspect", "title": play.dice.choice(TITLES), "quantity": 2, "seal": play.dice.choice(SEALS)}


def _waybill(play: Play) -> dict[str, Any]:
    return {"kind": "waybill", "value": play.dice.choice(WAYBILLS), "why": "needed"}


def _line(unit: str) -> dict[str, Any]:
    return {"rows": [{"unit": unit, "date": TODAY, "counts": COUNTS, "stated_by": "duty_officer"}]}


_BULLETIN = {"kind": "instruction", "title": "check", "words": "all", "within_minutes": 3}
_AUDIT = {"desk": "carrier-a/duty", "reason": "so", "minutes": 60}
_TASK = {"words": "look", "within_minutes": 3}
_OPEN: tuple[Callable[[Play], None], ...] = (
    _opens,
    _opens,
    _on_own("/journal", lambda play: {"text": play.dice.choice(TITLES)}),
    _on_own("/items", _item),
    _on_own("/personal", _waybill),
    _on_own("/acknowledgement", lambda _: {"kind": "seen"}),
    _on_own("/figures", lambda _: {"category": "injured", "n": 1, "source": "seen", "basis": "seen"}),
    _plainly("outsider", f"{OP}/waybills/search", {"number": WAYBILLS[0]}),
    _plainly("outsider", f"{OP}/zero-reports/batch", _line("B1")),
    _plainly("outsider", f"{OP}/readiness", {"item": "budget", "value": True}),
    _plainly("outsider", f"{OP}/hazards", {"title": "wire", "origin": "self", "agency": "carrier-b"}),
    _marks("outsider", _own_refs),
    _links("outsider", _own_refs),
    _reveals("outsider", _own_refs),
    _plainly("lead", f"{OP}/bulletins", _BULLETIN | {"to": ["carrier-b/duty"]}),
    _plainly("lead", f"{OP}/tasks", _TASK | {"to": "carrier-b/duty"}),
)


def _opens_secretly(play: Play) -> None:
    kind = play.dice.choice(("VIOL", "THEFT", "PROH-XRAY"))
    body: dict[str, Any] = {"type": kind, "title": play.dice.choice(TITLES), "summary": "secret", "site": SITE}
    body |= play.dice.choice(({}, {"tlp": "RED"}, {"status": "heard"}, {"attention": "A"}))
    answer = play.ask(play.dice.choice(("lead", "support", "informed")), f"{OP}/incidents", body)
    if answer.status_code == 201:
        play.hidden.append(answer.json["ref"])


def _on_secret(path: str, body: Callable[[Play], Any]) -> Callable[[Play], None]:
    def deed(play: Play) -> None:
        if not play.hidden:
            _opens_secretly(play)
            return
        ref = play.dice.choice([*play.hidden, play.city.things["incident:open"], play.city.things["incident:red"]])
        play.ask(play.dice.choice(("lead", "support", "informed")), f"/incidents/{ref}{path}", body(play))

    return deed


_SECRET: tuple[Callable[[Play], None], ...] = (
    _opens_secretly,
    _opens_secretly,
    _on_secret("/journal", lambda play: {"text": play.dice.choice(TITLES)}),
    _on_secret("/items", _item),
    _on_secret("/personal", _waybill),
    _on_secret("/acknowledgement", lambda _: {"kind": "taken"}),
    _on_secret("/grade", lambda _: {"grade": "II", "basis": "counted"}),
    _on_secret("/status", lambda play: {"to": play.dice.choice(("responding", "closed")), "reason": "so"}),
    _on_secret("/figures", lambda _: {"category": "deaths", "n": 3, "source": "seen", "basis": "seen"}),
    _on_secret("/tasks", lambda _: _TASK | {"to": "police/duty"}),
    _on_secret("/reports", lambda _: {"form": "first"}),
    _on_secret("/access", lambda _: {"desk": "government/duty"}),
    _marks("lead", _hidden_refs),
    _links("lead", _hidden_refs),
    _reveals("lead", _hidden_refs),
    _looks_in,
    _on_secret("/journal", lambda play: {"text": play.dice.choice(TITLES), "audience": "sealed"}),
    _on_secret("/access/withdrawal", lambda _: {"desk": "fire/duty", "reason": "so"}),
    _on_secret("/lead", lambda _: {"to": "carrier-a/duty", "basis": "so"}),
    lambda play: play.ask("lead", f"{OP}/audits", _AUDIT, role="evaluator"),
    _plainly("lead", f"{OP}/bulletins", _BULLETIN | {"to": ["police/duty"]}),
    _plainly("lead", f"{OP}/tasks", _TASK | {"to": "police/duty"}),
    _plainly("support", f"{OP}/zero-reports/batch", _line("A1")),
    _plainly("lead", f"{OP}/hazards", {"title": "wire", "origin": "authority", "agency": "carrier-a", "site": SITE}),
    _plainly(
        "lead",
        f"{OP}/inspections",
        {
            "visit": "mystery", "origin": "authority", "agency": "carrier-a", "site": SITE, "inspectors": INSPECTORS,
            "checklists": ["sealing"],
        },
    ),
)  # fmt: skip


def differences(city: City, seed: int, letters: list[Any]) -> list[str]:
    """Play a trace with and without secrets, or with two kinds of secrets, in turns; every line that differs."""
    started = city.hub.clock.at
    first, second = (None, "one") if seed % 2 else ("one", "other")
    try:
        mine, other = (_played(city, seed, secret, letters, started) for secret in (first, second))
    finally:
        city.restore()
        city.hub.clock.at = started
    if len(mine) != len(other):
        return [f"seed {seed}: {len(mine)} lines and {len(other)}", *set(mine).symmetric_difference(other)][:5]
    return [f"seed {seed}: {_where(a, b)}" for a, b in zip(mine, other, strict=True) if a != b]


def _played(city: City, seed: int, secret: str | None, letters: list[Any], started: datetime) -> list[str]:
    city.hub.clock.at = started
    return Play(city, seed, secret, letters).run()


def _where(one: str, other: str) -> str:
    at = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    return f"{one[:60]} … {one[max(0, at - 80) : at + 120]!r} / {other[max(0, at - 80) : at + 120]!r}"
