"""The real engine through a scenario: real verbs, a held clock, the loop's own duties at each due instant.

What it did is read back from the tables and the record and put into the shape that a simulation is compared in.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select, update

from incident_hub.agencies import queries as agencies
from incident_hub.engine import loop
from incident_hub.incidents import actions as incidents
from incident_hub.incidents import queries as known_incidents
from incident_hub.incidents.stated import Via
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.errors import Refusal
from incident_hub.kernel.models import Entry
from incident_hub.kernel.record import By
from incident_hub.obligations import actions as owing
from incident_hub.obligations import queries as obligations
from incident_hub.obligations.actions import opening as births
from incident_hub.obligations.models import Obligation, Step
from incident_hub.operations import actions as operating
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.simulation.scenario import Answer, Event, Scenario
from tests.night import Hub

NUMBERS = count(1)
CALLS = ("obligation.step_taken", "obligation.exhausted")


@contextmanager
def ids_in_order() -> Iterator[None]:
    """Debts get ids that rise: among debts of one instant the loop goes by id, which otherwise is up to chance."""
    kept = births.opaque
    births.opaque = lambda: f"{next(NUMBERS):020d}"
    try:
        yield
    finally:
        births.opaque = kept


class Driven:
    """One scenario through the engine of a Hub, in an operation of its own."""

    def __init__(self, hub: Hub, operation: Operation, scenario: Scenario) -> None:
        self.hub, self.operation, self.scenario = hub, operation, scenario
        self.refs: dict[str, str] = {}
        self.refused: list[tuple[datetime, str]] = []
        self.order = count()
        self.coming: list[tuple[datetime, int, Any]] = [(one.at, next(self.order), one) for one in scenario.events]
        heapq.heapify(self.coming)
        self.given: dict[tuple[int, str], int] = {}
        self.read = 0

    def run(self) -> None:
        """From instant to instant until the scenario ends."""
        self.hub.clock.at = self.scenario.start
        self._calls()
        with ids_in_order():
            while (at := self._next()) is not None and at <= self.scenario.until:
                self.hub.clock.at = max(self.hub.clock.at, at)
                while self.coming and self.coming[0][0] <= self.hub.clock.at:
                    self._do(heapq.heappop(self.coming)[2])
                if self._awake(self.hub.clock.at) == self.hub.clock.at:
                    self._tick()
                    self._calls()

    def _next(self) -> datetime | None:
        due = obligations.next_due()
        db.session.rollback()
        coming = [self.coming[0][0]] if self.coming else []
        if due is not None:
            coming.append(self._awake(max(due, self.hub.clock.at)))
        return min(coming, default=None)

    def _awake(self, at: datetime) -> datetime:
        for one in sorted(self.scenario.outages, key=lambda one: one.since):
            if one.since <= at < one.until:
                at = one.until
        return at

    def _tick(self) -> None:
        going = loop.Pass(self.hub.app, loop.Aside())
        while loop.run(going, loop.CHASE):
            pass
        assert not going.aside.failures, "the engine put something aside"

    def _calls(self) -> None:
        """Who was called since last time, and will answer."""
        query = select(Entry).where(Entry.chain == self.operation.id, Entry.number > self.read).order_by(Entry.number)
        for entry in db.session.scalars(query).all():
            self.read = entry.number
            if entry.kind in CALLS and entry.data["kind"] == "call":
                for place, answer in enumerate(self.scenario.answers):
                    self._maybe(place, answer, entry)
        db.session.rollback()

    def _maybe(self, place: int, answer: Answer, entry: Entry) -> None:
        noun, _, ref = entry.subject.partition("/")
        name = {held: name for name, held in self.refs.items()}.get(ref, ref)
        targets = {f"{one['desk']}:{one['post']}" for one in entry.data["targets"]}
        if answer.post not in targets or answer.says == "nothing" or answer.incident not in ("", name):
            return
        if self.given.get((place, name), 0) < answer.times:
            self.given[place, name] = self.given.get((place, name), 0) + 1
            said = (answer, noun, ref, entry.data["obligation"])
            heapq.heappush(self.coming, (entry.at + answer.after, next(self.order), said))

    def _do(self, one: Any) -> None:
        if not isinstance(one, Event):
            self._answer(*one)
            return
        by = _by(one.by)
        try:
            with unit_of_work(self.operation.id) as at:
                self._deed(one, at, by)
        except Refusal:
            db.session.rollback()
            self.refused.append((one.at, one.do))

    def _answer(self, answer: Answer, noun: str, ref: str, obligation: str) -> None:
        by = _by(answer.post)
        try:
            with unit_of_work(self.operation.id) as at:
                if noun == "incident":
                    incidents.acknowledge(known_incidents.known(ref, by.desk_id), answer.says, None, None, None, at, by)
                else:
                    owing.acknowledge(obligations.known(obligation, by.desk_id), answer.says, owing.Said(), at, by)
        except Refusal:
            db.session.rollback()

    def _deed(self, one: Event, at: datetime, by: By) -> None:
        given = one.given
        if one.do == "open":
            if one.incident in self.refs:
                raise Refusal("there already")
            self.refs[one.incident] = incidents.open_incident(self.operation, _new(given), at, by)
            return
        if one.do == "phase":
            now = operations.operation(self.operation.code)
            assert now is not None
            operating.change_phase(now, given["to"], "said", at, by)
            return
        if one.incident not in self.refs:
            raise Refusal("not yet there")
        ref = self.refs[one.incident]
        if one.do in ("settle", "not_applicable"):
            self._owed(one, ref, at, by)
        else:
            _on_incident(one.do, given, known_incidents.known(ref, by.desk_id), at, by)

    def _owed(self, one: Event, ref: str, at: datetime, by: By) -> None:
        mine = (Obligation.chain == self.operation.id) & (Obligation.ref == ref) & (Obligation.agency == by.agency)
        query = select(Obligation).where(
            mine, Obligation.rule == one.given["rule"], Obligation.state.in_(("open", "missed"))
        )
        debt = db.session.scalars(query.order_by(Obligation.due_at, Obligation.id)).first()
        if debt is None:
            raise Refusal("nothing owed")
        if one.do == "not_applicable":
            owing.find_not_applicable(debt, "not here", owing.Said(), at, by)
            return
        completeness = one.given.get("completeness") or "complete"
        owing.settle(debt, owing.Said(words="done"), at, by, completeness, "not known yet")


def _on_incident(do: str, given: Mapping[str, Any], found: known_incidents.Known, at: datetime, by: By) -> None:
    match do:
        case "grade":
            grade = None if given["grade"] == "none" else given["grade"]
            incidents.change_grade(found, grade, "basis", None, at, by)
        case "status" | "raise":
            incidents.change_status(found, given.get("to", "reported"), "reason", None, at, by)
        case "verify":
            incidents.verify(found, given["state"], "basis", None, at, by)
        case "journal":
            incidents.write(found, incidents.Written(given["kind"], "words", milestone=given.get("milestone")), at, by)
        case "acknowledge":
            said = given.get("says") or "taken"
            for_desk, _, post = str(given.get("for") or "").partition(":")
            via = Via("phone", for_desk.partition("/")[0], for_desk, post or None) if for_desk else None
            incidents.acknowledge(found, said, None, for_desk or None, via, at, by)
        case "share":
            incidents.grant_access(found, given["desk"], given.get("role") or "support", "full", at, by)
        case "withdraw":
            incidents.withdraw_access(found, given["desk"], at, by)
        case "offer_lead":
            incidents.offer_lead(found, given["to"], "basis", None, at, by)
        case "direct_lead":
            incidents.direct_lead(found, given["to"], "basis", None, at, by)
        case "accept_lead" | "decline_lead":
            incidents.answer_offer(found, do == "accept_lead", "reason", None, at, by)
        case "amend":
            incidents.amend(found, 10**6, dict(given), at, by)
        case "figure":
            figure = incidents.state_figure(found, given["category"], given["n"], at, "s", "b", at, by)
            if given.get("official"):
                incidents.make_official(found, figure, at, by)
        case _:
            raise AssertionError(do)


def _new(given: Mapping[str, Any]) -> incidents.NewIncident:
    names = ("grade", "site", "attention", "occurred_at", "known_at", "discovered_at", "planned_at", "tlp")
    kept = {name: given[name] for name in names if given.get(name)}
    place = {"area": given["area"]} if given.get("area") else None
    return incidents.NewIncident(given["type"], "title", status=given.get("status") or "reported", place=place, **kept)


def _by(words: str) -> By:
    place, _, post = words.partition(":")
    desk = agencies.desk(place)
    assert desk is not None
    return By(desk.agency, desk.code, desk.id, post or None)


# --- what it did --------------------------------------------------------------------------------------------------


def debts_of(driven: Driven) -> list[tuple[Any, ...]]:
    """Every debt and how it ended."""
    names = {ref: name for name, ref in driven.refs.items()}
    rows = db.session.scalars(select(Obligation).where(Obligation.chain == driven.operation.id)).all()
    return sorted(
        (
            names.get(one.ref, one.ref), one.rule, one.force, one.ladder or "", one.desk, one.post, one.why,
            one.starts_at, one.opened_at, one.due_at, one.state, str(one.met_at), one.proof or "",
            one.reason_code or "", str(one.exhausted_at), one.entered_late,
        )
        for one in rows
    )  # fmt: skip


def steps_of(driven: Driven) -> list[tuple[Any, ...]]:
    """Every step as the record has it."""
    names = {ref: name for name, ref in driven.refs.items()}
    query = select(Entry).where(Entry.chain == driven.operation.id, Entry.kind.in_(CALLS)).order_by(Entry.number)
    found: list[tuple[Any, ...]] = []
    for one in db.session.scalars(query):
        told = one.data
        ref = one.subject.partition("/")[2]
        targets = sorted((to["desk"], to["post"], tuple(to["members"])) for to in told["targets"])
        found.append(
            (
                names.get(ref, ref), one.at, told["rule"], told["desk"], told.get("round", 0), told["step"],
                told["occurrence"], told["kind"], _instant(told["was_due"]), tuple(told["channels"]), str(targets),
                str(sorted(_withheld(told["withheld"]))), "passed_on" in told, str(told.get("passed_on")),
                str(sorted(told.get("disclosed", ()))), one.kind == "obligation.exhausted",
            )
        )  # fmt: skip
    return sorted(found)


def missed_of(driven: Driven) -> list[tuple[Any, ...]]:
    """Every deadline that passed, and when the record says so."""
    query = select(Entry).where(Entry.chain == driven.operation.id, Entry.kind == "obligation.missed")
    return sorted(
        (one.at, one.data["rule"], one.data["desk"], str(one.data["due_at"])[:19]) for one in db.session.scalars(query)
    )


def _withheld(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    names = ("why", "desk", "post", "member", "channel")
    return [tuple(str(row.get(name)) for name in names) for row in rows]


def _instant(words: Any) -> datetime:
    return words if isinstance(words, datetime) else datetime.fromisoformat(words)


def silence() -> None:
    """Nothing of this night is due any more, so that the next one has the engine to itself."""
    db.session.execute(update(Step).where(Step.state == "armed").values(state="stopped"))
    db.session.execute(update(Obligation).where(Obligation.state == "open").values(state="superseded"))
    db.session.commit()
