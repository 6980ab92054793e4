"""The same night twice, once through the engine and once through the simulation, and where the two differ."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from incident_hub.cli.place import CONSOLE, Place, migrate
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.operations import actions as operating
from incident_hub.operations.opening import Opening
from incident_hub.plan.reader import read as read_plan
from incident_hub.simulation.queries import world_of
from incident_hub.simulation.running import simulate
from incident_hub.simulation.scenario_file import read as read_scenario
from incident_hub.simulation.timeline import Timeline
from tests.night import NIGHT, Hub, held_night
from tests.simulation import engine
from tests.simulation.chance import plan_text, scenario_text
from tests.simulation.cities import AGENCIES, BOUND, populate

# So many nights in each city before another one is founded.
NIGHTS = 25


@dataclass(frozen=True)
class Night:
    """One night in both. Shape: `differs` is empty when they are equal; the numbers are what was compared."""

    seed: int
    differs: dict[str, Any]
    debts: int
    steps: int


def nights(seeds: range, folder: Path) -> Iterator[Night]:
    """Each seed's night, through the engine and through the simulation."""
    template = folder / "founded.db"
    if not template.exists():
        place = folder / "founding"
        place.mkdir(parents=True)
        clock.use(clock.HeldClock(NIGHT))
        migrate(Place(place, f"sqlite:///{place}/hub.db"))
        shutil.copy(place / "hub.db", template)
    for first in range(seeds.start, seeds.stop, NIGHTS):
        with _city(first, template, folder / f"city-{first}") as hub:
            for seed in range(first, min(first + NIGHTS, seeds.stop)):
                yield _night(hub, seed)


@contextmanager
def _city(seed: int, template: Path, folder: Path) -> Iterator[Hub]:
    folder.mkdir()
    shutil.copy(template, folder / "hub.db")
    passwords.use(CHEAPEST)
    with held_night(Hub(folder, f"sqlite:///{folder}/hub.db")) as hub:
        populate(Random(f"city {seed}"))
        yield hub
    shutil.rmtree(folder)


def _night(hub: Hub, seed: int) -> Night:
    chance = Random(seed)
    text, told = plan_text(chance), scenario_text(chance)
    plan, faults = read_plan(text)
    assert plan is not None, faults
    scenario, faults = read_scenario(told, plan.zone)
    assert scenario is not None, faults
    hub.clock.at = NIGHT
    title = {"zh": "夜", "en": "Night"}
    opening = Opening(f"N{seed}", "special", title, None, "active", False, "", None, tuple(AGENCIES), None, BOUND)
    with unit_of_work() as at:
        operation = operating.open_operation(opening, plan, text, at, CONSOLE)
    simulated = simulate(world_of(operation), scenario)
    driven = engine.Driven(hub, operation, scenario)
    driven.run()
    found = _compared(driven, simulated)
    db.session.rollback()
    engine.silence()
    return Night(seed, found, len(simulated.debts), len(simulated.steps))


def _compared(driven: engine.Driven, simulated: Timeline) -> dict[str, Any]:
    pairs = {
        "debts": (engine.debts_of(driven), debts_of(simulated)),
        "steps": (engine.steps_of(driven), steps_of(simulated)),
        "missed": (engine.missed_of(driven), missed_of(simulated)),
        "refused": (sorted(driven.refused), sorted((one.at, one.kind) for one in simulated.moments if one.refused)),
    }
    return {
        name: {"engine": [one for one in real if one not in tried], "other": [one for one in tried if one not in real]}
        for name, (real, tried) in pairs.items()
        if real != tried
    }  # fmt: skip


def debts_of(told: Timeline) -> list[tuple[Any, ...]]:
    """Every debt of a simulation in the shape of comparison."""
    return sorted(
        (
            one.matter, one.rule, one.force, one.ladder or "", one.desk, one.post, one.why[:200], one.starts_at,
            one.opened_at, one.due_at, one.state, str(one.met_at), one.proof or "", one.reason or "",
            str(one.exhausted_at), one.entered_late,
        )
        for one in told.debts
    )  # fmt: skip


def steps_of(told: Timeline) -> list[tuple[Any, ...]]:
    """Every step of a simulation in the shape of comparison."""
    matters = {one.id: one.matter for one in told.debts}
    return sorted(
        (
            matters[one.debt], one.at, one.rule, one.desk, one.round, one.step, one.occurrence, one.kind, one.was_due,
            one.channels, str(sorted((to.desk, to.post, to.members) for to in one.targets)),
            str(sorted(tuple(str(x) for x in (w.why, w.desk, w.post, w.member, w.channel)) for w in one.withheld)),
            one.passed, str(one.passed_on), str(sorted(one.disclosed)), one.exhausted,
        )
        for one in told.steps
    )  # fmt: skip


def missed_of(told: Timeline) -> list[tuple[Any, ...]]:
    """Every deadline that passed in a simulation."""
    return sorted(
        (one.missed_at, one.rule, one.desk, one.due_at.isoformat()[:19]) for one in told.debts if one.missed_at
    )
