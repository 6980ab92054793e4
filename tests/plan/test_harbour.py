"""A plan for another trade, in the night in which the clocks go back: nothing in the language is wired to the expo."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from incident_hub.obligations import chase
from incident_hub.obligations.chase import Chased
from incident_hub.obligations.ladder import Rung
from incident_hub.plan.check import examine
from incident_hub.plan.contingency import Plan
from incident_hub.plan.reaction import Debt, Heard, Opening, Place, Reaction, follow, periodic
from incident_hub.plan.recurrence import comes_round
from incident_hub.plan.words import urgent

ROOT = Path(__file__).parents[2]
ZONE = "Europe/Berlin"
# Sunday 00:40 in summer time; at 03:00 it is 02:00 again.
START = datetime(2026, 10, 24, 22, 40, tzinfo=UTC)
SEATS: dict[str, list[Place]] = {
    "lead": [("harbour-office", "harbour-office/duty", "lead of the incident")],
    "site_owner": [("terminal-east", "terminal-east/duty", "owner of the site")],
    "barrier": [("barrier-north", "barrier-north/duty", "answers for north-basin")],
}
TIDE = {"type": "SURGE", "category": "N", "grade": None, "life_safety": False, "attention": None, "status": "reported"}
GATE = {**TIDE, "type": "GATE", "category": "A", "life_safety": True}


@pytest.fixture(scope="module")
def harbour() -> Plan:
    plan, faults = examine((ROOT / "config" / "plans" / "harbour.toml").read_text(encoding="utf-8"))
    assert plan is not None, faults
    assert faults == []
    return plan


def utc(hour: int, minute: int = 0, day: int = 25) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


@dataclass
class Incident:
    """One incident under a plan, its open debts and their ladders, with nothing around it."""

    plan: Plan
    facts: Mapping[str, Any]
    debts: list[Debt] = field(default_factory=list[Debt])
    chased: dict[str, tuple[Chased, tuple[Rung, ...]]] = field(
        default_factory=dict[str, tuple[Chased, tuple[Rung, ...]]]
    )
    called: list[tuple[str, datetime, str]] = field(default_factory=list[tuple[str, datetime, str]])

    def hear(
        self, kind: str, at: datetime, by: str, seats: Mapping[str, Sequence[Place]] = SEATS, **more: Any
    ) -> Reaction:
        """A fact is stated, and what the plan answers becomes true."""
        heard = Heard(kind, at, by, f"{by}/duty", self.facts, zone=ZONE, **more)
        reaction = follow(self.plan, heard, self.debts, seats)
        ended = {one.debt_id for one in (*reaction.settles, *reaction.supersedes)}
        self.debts = [one for one in self.debts if one.id not in ended]
        self.chased = {id: pair for id, pair in self.chased.items() if id not in ended}
        for opening in reaction.opens:
            self._owe(opening, at)
        return reaction

    def until(self, end: datetime) -> None:
        """The clock goes on and nobody can be reached; whoever is called is written down."""
        while self.chased:
            at, id = min((chase.next_at(debt, rungs) or end, id) for id, (debt, rungs) in self.chased.items())
            if at >= end:
                return
            debt, rungs = self.chased[id]
            if chase.is_missed(debt, at):
                debt = replace(debt, state="missed")
            due = chase.due(debt, rungs, at)
            rungs += due.armed
            for rung in due.send:
                rungs = chase.mark(rungs, rung.key, "taken", [f"{post} of {party}" for post, party in rung.to])
                self.called.append((f"{rung.kind} {rung.to[0][0]}", rung.at, id))
            self.chased[id] = debt, rungs + chase.go_on(debt, rungs)

    def _owe(self, opening: Opening, at: datetime) -> None:
        id = f"{opening.rule}-{opening.agency}"
        span = (opening.starts_at, opening.due_at)
        self.debts.append(Debt(id, opening.rule, opening.agency, opening.desk, opening.post, *span))
        ladder = self.plan.ladders[opening.ladder] if opening.ladder else None
        debt = Chased(
            opening.agency, opening.desk, opening.force, opening.starts_at, at, opening.due_at, ladder, ZONE,
            urgent(self.facts),
        )  # fmt: skip
        self.chased[id] = debt, chase.begin(debt, at)

    def owed(self) -> dict[str, datetime]:
        return {one.id: one.due_at for one in self.debts}


def test_a_storm_tide_from_its_first_call_to_the_lessons_that_outlive_it(harbour: Plan):
    tide = Incident(harbour, TIDE)
    fresh = ("barrier-north/duty", "terminal-east/duty")
    tide.hear("incident.opened", START, "harbour-office", fresh_desks=fresh, planned_at=utc(3, 30))
    assert tide.owed() == {
        "TAKE-barrier-north": utc(23, day=24),
        "TAKE-terminal-east": utc(23, day=24),
        "QUAYS-terminal-east": utc(1, 30),  # two hours before high water at 04:30 winter time
    }

    # The keeper is reminded and takes it; the terminal sleeps, and its bell keeps quiet until five in the morning,
    # which is an hour longer than the wall clock says.
    tide.until(START + timedelta(minutes=5))
    tide.hear("incident.acknowledged", START + timedelta(minutes=5), "barrier-north", data={"kind": "taken"})
    tide.until(utc(4, 30))
    assert [one for one in tide.called if one[2] == "TAKE-terminal-east"] == [
        ("remind duty_officer", START, "TAKE-terminal-east"),
        ("call duty_officer", utc(4), "TAKE-terminal-east"),
        ("call duty_leader", utc(4, 15), "TAKE-terminal-east"),
    ]
    assert not [one for one in tide.called if one[2] == "TAKE-barrier-north" and one[0].startswith("call")]

    # Graded, the city is owed within the hour of the change; the lead may say first what it knows.
    tide.facts = {**TIDE, "grade": "III"}
    tide.hear("incident.graded", utc(4, 40), "harbour-office", data={"from": None, "grade": "III"})
    assert tide.owed()["CITY-harbour-office"] == utc(5, 40)
    data = {"obligation": "CITY-harbour-office", "rule": "CITY", "completeness": "pre_report"}
    assert len(tide.hear("obligation.settled", utc(5, 10), "harbour-office", data=data).settles) == 1

    # Each update starts the next hour; handed over, the hour that runs goes on at the other desk.
    tide.hear("incident.status_changed", utc(5, 15), "harbour-office", data={"to": "responding"})
    tide.hear("journal.added", utc(5, 45), "harbour-office", data={"kind": "message"})
    assert tide.owed()["LEVEL-harbour-office"] == utc(6, 45)
    police: dict[str, list[Place]] = {**SEATS, "lead": [("river-police", "river-police/duty", "lead of the incident")]}
    moved = tide.hear("lead.accepted", utc(6), "river-police", police)
    assert [(one.rule, one.agency, one.starts_at, one.due_at) for one in moved.opens] == [
        ("LEVEL", "river-police", utc(5, 45), utc(6, 45))
    ]

    # Lifted on Sunday, closed at once: three working days are Wednesday, at the same time on the wall.
    tide.hear("incident.status_changed", utc(6, 30), "river-police", police, data={"to": "lifted"})
    closed = tide.hear("incident.status_changed", utc(7), "river-police", police, data={"to": "closed"})
    assert {one.rule for one in closed.supersedes} == {"TAKE", "QUAYS"}
    assert tide.owed() == {"LESSONS-river-police": utc(6, 30, day=28)}


def test_a_gate_that_does_not_close_wakes_everybody_again_and_again(harbour: Plan):
    gate = Incident(harbour, GATE)
    gate.hear("incident.opened", START, "harbour-office", fresh_desks=("barrier-north/duty",))
    gate.until(START + timedelta(hours=2))
    minutes = [((at - START) / timedelta(minutes=1), words) for words, at, _ in gate.called]
    officer, leader, master = "call duty_officer", "call duty_leader", "call executive"
    one_round = [(0, officer), (1, officer), (2, officer), (3, leader), (5, master)]
    rounds = [(begin + after, words) for begin in (0, 10, 20) for after, words in one_round]
    assert minutes == [*rounds, (30, "call every")]


def test_hearsay_waits_for_somebody_to_look(harbour: Plan):
    rumour = Incident(harbour, {**TIDE, "status": "heard"})
    rumour.hear("incident.opened", START, "barrier-north")
    assert rumour.owed() == {"LOOK-barrier-north": START + timedelta(minutes=10)}
    rumour.facts = TIDE
    raised = rumour.hear(
        "incident.raised", START + timedelta(minutes=4), "barrier-north", fresh_desks=("harbour-office/duty",)
    )
    assert [one.rule for one in raised.settles] == ["LOOK"]
    assert [(one.rule, one.agency) for one in raised.opens] == [("TAKE", "harbour-office")]


def test_the_gauge_is_read_every_hour_of_a_day_of_twenty_five(harbour: Plan):
    rule = harbour.rule("GAUGE")
    assert rule is not None
    rounds = comes_round(rule, utc(21, 59, day=24), utc(22, 59), ZONE)
    assert len(rounds) == 25
    crews = {"barrier": [*SEATS["barrier"], ("barrier-south", "barrier-south/duty", "answers for south-basin")]}
    owed = periodic(harbour, rule, rounds[3], crews, ZONE, "active")
    assert [(one.agency, one.due_at - rounds[3]) for one in owed] == [
        ("barrier-north", timedelta(minutes=15)), ("barrier-south", timedelta(minutes=15))
    ]  # fmt: skip
    assert periodic(harbour, rule, rounds[3], crews, ZONE, "closed") == ()


@pytest.mark.parametrize(
    ("day", "opens"), [("2026-09-14", False), ("2026-09-15", True), ("2027-03-31", True), ("2027-04-01", False)]
)
def test_minor_matters_are_reported_in_the_season(harbour: Plan, day, opens):
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    small = Incident(harbour, {**TIDE, "grade": "IV"})
    found = small.hear("incident.opened", noon, "harbour-office").opens
    assert ("CITY-MINOR" in [one.rule for one in found]) is opens


def test_no_line_of_the_program_names_a_rule_or_a_type_of_a_plan(harbour: Plan, expo: Plan):
    codes = {*harbour.types, *expo.types, *(one.code for plan in (harbour, expo) for one in plan.rules)}
    named = re.compile("|".join(f"[\"']{re.escape(code)}[\"']" for code in sorted(codes)))
    found = {
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in (ROOT / "incident_hub").rglob("*.py")
        for match in named.finditer(file.read_text(encoding="utf-8"))
    }
    assert found == set()
