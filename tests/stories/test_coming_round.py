"""What comes round by itself: over the night on which the clocks go back, over an outage, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from incident_hub.cli.operations import open_from
from incident_hub.kernel.database import db
from incident_hub.obligations.models import Obligation
from tests.night import FILES, Hub

pytestmark = pytest.mark.story
# Clocks in Berlin go back at three in the morning of the 25th.
BEFORE = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)
RULE = """
[[rule]]
code = "{code}"
title = {{ zh = "每日零报告", en = "Daily return" }}
force = "plan"
basis = "试验 · for tests only"
confirmed = false
every = "{every}"
owed_by = "duty_officer of police"
what = {{ zh = "报送", en = "Send it" }}
within = "1h"
settled_by = [{{ kind = "obligation.settled", by = "owner" }}]
"""


@pytest.fixture
def berlin(hub: Hub, tmp_path: Path) -> Hub:
    """An operation in Berlin with a return each night at half past two, and a look every half past the hour."""
    plan = (FILES / "seconds.toml").read_text().replace('zone = "UTC"', 'zone = "Europe/Berlin"')
    plan += RULE.format(code="DAILY", every="day at 02:30") + RULE.format(code="HOURLY", every="30 * * * *")
    (tmp_path / "seconds.toml").write_text(plan)
    operation = (FILES / "seconds_operation.toml").read_text().replace('zone = "UTC"', 'zone = "Europe/Berlin"')
    (tmp_path / "operation.toml").write_text(operation)
    hub.clock.at = BEFORE
    hub.people()
    open_from(tmp_path / "operation.toml")
    return hub


def owed(rule: str) -> list[tuple[str, str]]:
    """Each occurrence of a rule that was opened, with the hour its clock began, in order."""
    db.session.rollback()
    rows = db.session.execute(
        select(Obligation.occurrence, Obligation.starts_at)
        .where(Obligation.rule == rule)
        .order_by(Obligation.starts_at)
    )
    return [(str(row.occurrence), f"{row.starts_at:%d %H:%M}") for row in rows]


def test_a_day_of_twenty_five_hours_owes_one_return_and_twenty_five_hourly_looks(berlin: Hub) -> None:
    for _ in range(96):
        berlin.tick()
        berlin.clock.forward(minutes=30)
    assert owed("DAILY") == [("2026-10-25T02:30", "25 00:30"), ("2026-10-26T02:30", "26 01:30")]
    on_the_day = [name for name, _ in owed("HOURLY") if name.startswith("2026-10-25")]
    assert len(on_the_day) == len(set(on_the_day)) == 25
    assert [name for name in on_the_day if "T02:30" in name] == ["2026-10-25T02:30", "2026-10-25T02:30+01:00"]


def test_every_occurrence_of_an_outage_is_owed_once_whoever_asks_again(berlin: Hub) -> None:
    berlin.tick()
    berlin.clock.at = BEFORE + timedelta(days=3)
    berlin.tick()
    expected = [("2026-10-25T02:30", "25 00:30"), ("2026-10-26T02:30", "26 01:30"), ("2026-10-27T02:30", "27 01:30")]
    assert owed("DAILY") == expected
    berlin.restart()
    for _ in range(2):
        berlin.tick()
    assert owed("DAILY") == expected


def test_nothing_is_owed_for_the_time_before_the_operation_or_in_a_phase_that_was_not_yet(berlin: Hub) -> None:
    berlin.tick()
    assert owed("DAILY") == []
    assert owed("HOURLY") == []
