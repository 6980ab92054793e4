"""What is simulated is what happens: random nights, once through the engine and once through the simulation.

A thousand of them are run by `python -m tests.faults.simulation_equals_engine 1000`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from incident_hub.simulation.scenario import Scenario
from incident_hub.simulation.timeline import Timeline
from incident_hub.simulation.world import World
from tests.simulation import comparing


def test_sixteen_random_nights_are_the_same_in_the_engine_and_in_the_simulation(tmp_path: Path) -> None:
    found = list(comparing.nights(range(16), tmp_path))
    assert {one.seed: one.differs for one in found if one.differs} == {}
    assert len(found) == 16
    assert sum(one.debts for one in found) > 20
    assert sum(one.steps for one in found) > 100


def test_a_simulation_that_leaves_a_call_out_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = comparing.simulate

    def bent(world: World, scenario: Scenario) -> Timeline:
        told = right(world, scenario)
        return replace(told, steps=told.steps[:-1])

    monkeypatch.setattr(comparing, "simulate", bent)
    assert any(one.differs for one in comparing.nights(range(6), tmp_path))
