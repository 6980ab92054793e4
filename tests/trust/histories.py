"""Who may read what of two incidents after any history: a model of dicts beside the house, compared after each step.

The model knows the rulings alone: access is a row with a history, what was said before a “from now” is not read,
TLP:RED lets nobody in, a link shows to whoever knows both ends, and an audit reads as a desk reads, less what is RED.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.files import queries as files
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.linking import queries as linking
from tests.trust.city import DESKS, speakers
from tests.trust.knocking import City
from tests.trust.things import OP, Making

CODES = [code for name, code in DESKS.items() if name != "outside"]
RELATION = {code: name for name, code in DESKS.items()}
LEAD = "postal/duty"
# How many things happen in a history, and how many histories lie in one database before it is put back.
STEPS, TOGETHER = 8, 20


@dataclass
class Told:
    """One incident in the model. Shape: `access` is desk → (role, history, since); papers are id → (at, own desk)."""

    ref: str
    lead: str
    tlp: str
    access: dict[str, tuple[str, str, int]]
    journal: dict[str, tuple[int, str | None]] = field(default_factory=dict[str, tuple[int, str | None]])
    papers: dict[str, int] = field(default_factory=dict[str, int])
    offered: str | None = None

    def read(self, desk: str) -> tuple[set[str], set[str]] | None:
        """What a desk reads of journal and files; None when there is nothing for it."""
        held = self.access.get(desk)
        if held is None:
            return None
        since = held[2] if held[1] == "from_now" else 0
        written = {id for id, (at, own) in self.journal.items() if at >= since and own in (None, desk)}
        return written, {id for id, at in self.papers.items() if at >= since}


class Played:
    """One history of two incidents, in the house and in the model."""

    def __init__(self, city: City, seed: int) -> None:
        self.city, self.dice, self.seed = city, random.Random(seed), seed
        self.speak = speakers(city.hub, city.people)
        self.making = Making(city.hub, self.speak)
        self.log: list[str] = []
        self.now = 0
        self.linked: int | None = None
        self.audit: tuple[str, str] | None = None
        self.told = [self._opened({"tlp": self.dice.choice(("AMBER", "RED"))}), self._opened({"tlp": "GREEN"})]

    def _opened(self, more: dict[str, Any]) -> Told:
        self._pass()
        answer = self.speak("lead").post(f"{OP}/incidents", {"type": "VIOL", "title": "x", "status": "heard", **more})
        assert answer.status_code == 201, answer.text
        access = {LEAD: ("lead", "full", self.now)}
        return Told(answer.json["ref"], LEAD, more["tlp"], access)

    def _pass(self) -> None:
        self.now += 1
        self.city.hub.clock.forward(seconds=1)

    def step(self) -> None:
        """Do one thing of those there are, in the house and in the model."""
        self._pass()
        deed = self.dice.choice(DEEDS)
        one = self.dice.choice(self.told)
        self.log.append(f"{deed.__name__} {self.told.index(one)}")
        deed(self, one)

    def ask(self, desk: str, path: str, body: Any, role: str = "duty_officer") -> Any:
        """Ask as somebody at a desk."""
        return self.speak(RELATION[desk], role).post(path, body)

    def wrong(self) -> list[str]:
        """Where the house and the model differ now, at any desk."""
        db.session.remove()
        return [fault for desk in CODES for fault in self._wrong_at(desk)]

    def _wrong_at(self, desk: str) -> list[str]:
        found = agencies.desk(desk)
        assert found is not None
        hung = {ref for ref, _, _ in feeds.hung_cards(self.city.hub.expo.id, found.id)}
        faults: list[str] = []
        for one in self.told:
            mine = one.read(desk)
            house = _house(one.ref, desk, found.id)
            if mine != house:
                faults.append(f"seed {self.seed}, {self.log}: {desk} reads {house} and not {mine}")
            if (one.ref in hung) != (mine is not None):
                faults.append(f"seed {self.seed}, {self.log}: the board of {desk}")
        if self.told[0].read(desk) is not None:
            shown = bool(linking.of(incidents.known(self.told[0].ref, found.id)))
            if shown != self._links(desk):
                faults.append(f"seed {self.seed}, {self.log}: the link at {desk}")
        return faults

    def _links(self, desk: str) -> bool:
        """Whether a desk reads of the link: it knows both ends, and neither from later on than the link was made."""
        held = [one.access.get(desk) for one in self.told]
        if self.linked is None or None in held:
            return False
        return all(row[1] == "full" or self.linked >= row[2] for row in held if row)

    def walked(self) -> list[str]:
        """Where the doors and the model differ at the end, for everybody, and for whoever reads as another desk."""
        faults: list[str] = []
        for desk in CODES:
            for one in self.told:
                mine = one.read(desk)
                answer = self.speak(RELATION[desk]).get(f"/incidents/{one.ref}/journal")
                told = {entry["id"] for entry in answer.json["items"]} if answer.status_code == 200 else None
                if told != (None if mine is None else mine[0]):
                    faults.append(f"seed {self.seed}, {self.log}: the door of {desk} tells {told} and not {mine}")
        if self.audit is not None:
            id, desk = self.audit
            for one in self.told:
                answer = self.speak("from_now", "evaluator").get(f"/audits/{id}/incidents/{one.ref}")
                if (answer.status_code == 200) != (one.read(desk) is not None and one.tlp != "RED"):
                    faults.append(f"seed {self.seed}, {self.log}: the audit of {desk} answers {answer.status_code}")
            self.ask("fire/duty", f"/audits/{id}/ending", {}, "evaluator")
        return faults


def _house(ref: str, desk: str, desk_id: int) -> tuple[set[str], set[str]] | None:
    try:
        found = incidents.known(ref, desk_id)
    except NotKnown:
        return None
    written = {one["id"] for one in incidents.journal_of(found, desk)}
    return written, {one["id"] for one in files.of(found.incident.chain, found.subject, desk_id)}


def joins(play: Played, one: Told) -> None:
    """The lead lets a desk in, with the past or without."""
    desk, history = play.dice.choice(CODES), play.dice.choice(("full", "from_now"))
    role = play.dice.choice(("support", "informed"))
    body = {"desk": desk, "role": role, "history": history}
    answer = play.ask(one.lead, f"/incidents/{one.ref}/access", body)
    if one.tlp == "RED" and desk not in one.access:
        assert answer.status_code == 403, answer.text
        return
    if desk in one.access:
        # A past that is opened is not closed again, and the lead is not let in a second time.
        before = one.access[desk]
        if answer.status_code < 300:
            one.access[desk] = (before[0], "full" if history == "full" else before[1], before[2])
        return
    if one.tlp == "AMBER+STRICT" and desk.partition("/")[0] not in {held.partition("/")[0] for held in one.access}:
        assert answer.status_code == 403, answer.text
        return
    assert answer.status_code < 300, answer.text
    one.access[desk] = (role, history, play.now)


def leaves(play: Played, one: Told) -> None:
    """The lead takes a desk out."""
    others = [desk for desk in one.access if desk != one.lead]
    if others:
        desk = play.dice.choice(others)
        answer = play.ask(one.lead, f"/incidents/{one.ref}/access/withdrawal", {"desk": desk, "reason": "x"})
        assert answer.status_code < 300, answer.text
        del one.access[desk]
        one.offered = None if one.offered == desk else one.offered


def writes(play: Played, one: Told) -> None:
    """Somebody who may know writes, for all or for their own desk."""
    desk = play.dice.choice(list(one.access))
    own = play.dice.random() < 0.3
    answer = play.ask(desk, f"/incidents/{one.ref}/journal", {"text": "x"} | ({"audience": "own"} if own else {}))
    assert answer.status_code == 201, answer.text
    one.journal[answer.json["id"]] = (play.now, desk if own else None)


def attaches(play: Played, one: Told) -> None:
    """Somebody who may know attaches a file."""
    desk = play.dice.choice(list(one.access))
    one.papers[play.making.attach(RELATION[desk], f"/incidents/{one.ref}/attachments", "x")] = play.now


def marks(play: Played, one: Told) -> None:
    """The leader of the desk in the lead changes the mark."""
    tlp = play.dice.choice(("RED", "AMBER", "AMBER+STRICT", "GREEN"))
    answer = play.ask(one.lead, f"/incidents/{one.ref}/tlp", {"tlp": tlp, "basis": "x"}, "duty_leader")
    assert answer.status_code == (409 if tlp == one.tlp else 200), answer.text
    one.tlp = tlp


def hands_over(play: Played, one: Told) -> None:
    """The lead is offered to a desk that knows, which takes it."""
    others = [desk for desk in one.access if desk != one.lead and desk != "postal/inspection"]
    if not others or one.offered:
        return
    to = play.dice.choice(others)
    answer = play.ask(one.lead, f"/incidents/{one.ref}/lead", {"to": to, "basis": "x"})
    if answer.status_code >= 300:
        return
    taken = play.ask(to, f"/incidents/{one.ref}/lead/answer", {"accept": True})
    assert taken.status_code < 300, taken.text
    before, one.lead = one.lead, to
    # Whoever leads reads the whole of it, and so does whoever led.
    one.access[to] = ("lead", "full", one.access[to][2])
    one.access[before] = ("support", "full", one.access[before][2])


def links(play: Played, one: Told) -> None:
    """Whoever leads both says that they are the same event."""
    first, second = play.told
    if first.lead == second.lead and play.linked is None:
        answer = play.ask(first.lead, f"/incidents/{first.ref}/links", {"to": second.ref, "kind": "related"})
        assert answer.status_code == 201, answer.text
        play.linked = play.now


def audits(play: Played, one: Told) -> None:
    """An evaluator of the fire service begins to read as another desk, or stops."""
    if play.audit is None:
        desk = play.dice.choice([code for code in CODES if code != "fire/duty"])
        answer = play.ask("fire/duty", f"{OP}/audits", {"desk": desk, "reason": "x", "minutes": 60}, "evaluator")
        assert answer.status_code == 201, answer.text
        play.audit = (answer.json["id"], desk)
    else:
        assert play.ask("fire/duty", f"/audits/{play.audit[0]}/ending", {}, "evaluator").status_code == 200
        play.audit = None


DEEDS: tuple[Callable[[Played, Told], None], ...] = (
    joins, joins, joins, leaves, writes, writes, attaches, marks, hands_over, links, audits,
)  # fmt: skip


def differences(city: City, first: int, runs: int) -> Iterator[str]:
    """Play so many histories, beginning with this seed; where the house and the model differ first in each."""
    started = city.hub.clock.at
    for number in range(runs):
        if number % TOGETHER == 0:
            city.restore()
            city.hub.clock.at = started
        yield from _played(Played(city, first + number))
    city.restore()
    city.hub.clock.at = started


def _played(play: Played) -> list[str]:
    for _ in range(STEPS):
        play.step()
        if faults := play.wrong():
            return faults[:1]
    return play.walked()[:1]
