"""A bounded sample of an expo day by day; `python -m tests.faults.expo` is the whole of it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from incident_hub.returns.cells import cell
from tests.faults import expo
from tests.faults.expo_world import DAY, World, due_at


def test_every_unit_owes_each_date_once_and_every_cell_and_reminder_is_as_the_script_says(tmp_path: Path) -> None:
    world = World(6, 60, 7, 2)
    played = expo.run(tmp_path, world)
    assert played.faults == []
    assert played.compared["owed"] == len(world.owed()) > 100
    assert played.compared["reminder"] == len(list(world.rungs())) > 10
    assert any(True for day in world.days for carrier in world.carriers for _ in world.again(carrier, day))


def test_whoever_counts_by_the_script_notices_one_word_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(state: str, **more: Any) -> str:
        right = cell(state, **more)
        return "zero" if right == "late" else right

    monkeypatch.setattr(import_module("incident_hub.returns.queries.matrix"), "cell", wrong)
    world = World(5, 30, 3, 2)
    at = due_at(world.days[0]) + DAY
    late = [one for one in world.units if world.cell(one, world.days[0], at) == "late"]
    faults = [one for one in expo.run(tmp_path, world).faults if "zero instead of late" in one]
    assert len(faults) >= len(late) > 0
