from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_hub.simulation.trying import to_come

FIND = (Path(__file__).parents[2] / "config" / "scenarios" / "class-a-find.toml").read_text()


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 11, 25, 16, 55, tzinfo=UTC), "2026-11-26T03:10"),
        (datetime(2026, 11, 25, 19, 10, tzinfo=UTC), "2026-11-27T03:10"),
        (datetime(2026, 8, 1, tzinfo=UTC), ""),
    ],
)
def test_a_scenario_of_the_past_is_tried_with_the_roster_to_come(now, begins):
    assert to_come(FIND, "Asia/Shanghai", now) == begins


def test_what_cannot_be_read_begins_nowhere():
    assert to_come("nonsense = ", "Asia/Shanghai", datetime(2026, 11, 25, tzinfo=UTC)) == ""
