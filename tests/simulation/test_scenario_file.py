"""A scenario file is read, and what is wrong with it is named where it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_hub.plan.contingency import Plan
from incident_hub.simulation.running import simulate
from incident_hub.simulation.scenario_file import read
from incident_hub.simulation.standin import stand_in
from tests.plan.night import shipped

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "scenarios").glob("*.toml"))
ZONE = "Asia/Shanghai"
GOOD = """
[scenario]
title = { zh = "夜", en = "Night" }
start = "2026-09-02T03:10"
until = "+6h"

[[event]]
at = "+4m"
do = "open"
by = "carrier:duty_officer"
type = "BACKLOG"
known_at = "-2m"

[[event]]
at = "02:00"
do = "grade"
by = "postal"
grade = "III"

[[answer]]
post = "postal:duty_officer"
after = "3m"
says = "seen"

[[outage]]
since = "+10m"
until = "2026-09-02T03:30"
"""


@pytest.fixture(scope="module")
def expo() -> Plan:
    return shipped()


def test_instants_are_wall_time_in_the_zone_or_count_from_the_start() -> None:
    scenario, faults = read(GOOD, ZONE)
    assert scenario is not None, faults
    start = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
    assert (scenario.start, scenario.until) == (start, start + timedelta(hours=6))
    opened, graded = scenario.events
    assert opened.at == start + timedelta(minutes=4)
    assert opened.given["known_at"] == start - timedelta(minutes=2)
    assert graded.at == datetime(2026, 9, 2, 18, 0, tzinfo=UTC)  # the first 02:00 in Shanghai after the start
    assert scenario.outages[0].until == datetime(2026, 9, 1, 19, 30, tzinfo=UTC)
    assert (scenario.answers[0].says, scenario.answers[0].times) == ("seen", 1)


@pytest.mark.parametrize(
    ("spoilt", "line", "rule"),
    [
        (GOOD.replace('"2026-09-02T03:10"', '"tonight"'), 4, "bad-instant"),
        (GOOD.replace('"+6h"', '"+90d"'), 5, "order"),
        (GOOD.replace('at = "+4m"', 'at = "soon"'), 8, "bad-instant"),
        (GOOD.replace('do = "open"', 'do = "opne"'), 9, "unknown-word"),
        (GOOD.replace("known_at", "known"), 12, "unknown-key"),
        (GOOD.replace('type = "BACKLOG"\n', ""), 7, "missing-key"),
        (GOOD.replace('"postal:duty_officer"', '"postal"'), 21, "no-post"),
        (GOOD.replace('says = "seen"', 'says = "maybe"'), 23, "unknown-word"),
        (GOOD.replace('after = "3m"', 'after = "3 minutes"'), 22, "bad-duration"),
        (GOOD.replace('"2026-09-02T03:30"', '"+9m"'), 27, "order"),
        (GOOD.replace("[[outage]]", "[[outrage]]"), 25, "unknown-key"),
        (GOOD.replace("[[answer]]", "[[answer"), 20, "toml"),
    ],
)
def test_every_fault_is_named_with_its_line(spoilt: str, line: int, rule: str) -> None:
    scenario, faults = read(spoilt, ZONE)
    assert scenario is None
    assert (faults[0].line, faults[0].rule) == (line, rule), faults


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.builds(lambda cut, words: GOOD[:cut] + words, st.integers(0, 500), st.text()))
)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    scenario, faults = read(text, ZONE)
    assert (scenario is None) == bool(faults)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scenario_reads_and_nothing_in_it_is_refused(path: Path, expo: Plan) -> None:
    scenario, faults = read(path.read_text(encoding="utf-8"), expo.zone)
    assert scenario is not None, faults
    told = simulate(stand_in(expo), scenario)
    assert [one for one in told.moments if one.refused] == []
    assert told.debts
    assert told.ended is None
