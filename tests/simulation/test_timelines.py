"""Timelines worked out by hand, kept as tables under `timelines/`, are what the simulation says.

A row of steps reads: instants | rule and who owes | rung and kind | whom it reaches | what was left out, and why.
`d3/09:00` is the third day after the first; posts of the owing desk stand alone, others with their agency; `>5` passes
on to rung 5 at once, `>end` when none is left; `tells:` lets a desk know; `last` is the last call of all.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incident_hub.plan.reader import read as read_plan
from incident_hub.roster.rotation import Holding, Schedule
from incident_hub.simulation.running import simulate
from incident_hub.simulation.scenario_file import read as read_scenario
from incident_hub.simulation.standin import ALWAYS, stand_in
from incident_hub.simulation.timeline import Step, Timeline
from incident_hub.simulation.world import World

PLACE = Path(__file__).parent / "timelines"
ZONE = ZoneInfo("Asia/Shanghai")
WORKED = sorted(PLACE.glob("[0-9]*.toml"))


def test_there_are_at_least_twenty() -> None:
    assert len(WORKED) >= 20


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_the_night_goes_as_it_was_worked_out_by_hand(path: Path) -> None:
    worked = tomllib.loads(path.read_text(encoding="utf-8"))
    plan, faults = read_plan((PLACE / "plan.toml").read_text(encoding="utf-8"))
    assert plan is not None, faults
    scenario, faults = read_scenario(worked["scenario"], plan.zone)
    assert scenario is not None, faults
    told = simulate(_manned(stand_in(plan), worked), scenario)
    assert not [one for one in told.moments if one.refused]
    assert Counter(_debts(told)) == Counter(_rows(worked["debts"]))
    assert Counter(_steps(told)) == Counter(_spread(worked["steps"]))


def _manned(world: World, worked: dict[str, Any]) -> World:
    """The stand-in, with the posts vacant and the people doubled that the table says."""
    schedules = dict(world.schedules)
    for words in worked.get("vacant", ()):
        agency, _, post = words.partition(":")
        schedules[f"{agency}/duty", post] = Schedule()
    if agency := worked.get("everything"):
        one = Schedule(holdings=(Holding(f"{agency}.duty_officer", ALWAYS),))
        schedules |= {place: one for place in schedules if place[0] == f"{agency}/duty"}
    return replace(world, schedules=schedules)


def _rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def _spread(table: str) -> list[tuple[str, ...]]:
    """Each instant of a row by itself; words in the order of the alphabet."""
    return [
        (at, owes, rung, *(" ".join(sorted(cell.split())) for cell in (reached, left_out)))
        for instants, owes, rung, reached, left_out in _rows(table)
        for at in instants.split()
    ]


def _debts(told: Timeline) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for one in told.debts:
        met = f" {_clock(told, one.met_at)}" if one.met_at else ""
        owes = f"{one.rule} {one.agency}"
        found.append((owes, _clock(told, one.starts_at), _clock(told, one.due_at), f"{one.state}{met}"))
    return found


def _steps(told: Timeline) -> list[tuple[str, ...]]:
    return [_step(told, one) for one in told.steps]


def _step(told: Timeline, step: Step) -> tuple[str, ...]:
    def named(desk: str | None, post: str | None) -> str:
        agency = str(desk).partition("/")[0]
        return str(post) if desk == step.desk else f"{agency}:{post}"

    reached = sorted(named(one.desk, one.post) for one in step.targets) or ["-"]
    left_out = [f"{named(one.desk, one.post)}:{one.why}" if one.desk else one.why for one in step.withheld]
    left_out += [f"tells:{desk.partition('/')[0]}" for desk in step.disclosed]
    if step.passed:
        left_out.append(">end" if step.passed_on is None else f">{step.passed_on + 1}")
    left_out += ["last"] if step.exhausted else []
    owes = f"{step.rule} {step.desk.partition('/')[0]}"
    return _clock(told, step.at), owes, f"{step.step + 1} {step.kind}", " ".join(reached), " ".join(sorted(left_out))


def _clock(told: Timeline, at: datetime) -> str:
    local, first = at.astimezone(ZONE), told.start.astimezone(ZONE)
    days = (local.date() - first.date()).days
    return f"d{days}/{local:%H:%M}" if days else f"{local:%H:%M}"
