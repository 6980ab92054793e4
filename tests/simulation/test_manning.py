"""A plan held against who is there: each thing it counts on and nobody is there for is named at its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incident_hub.plan.check import examine
from incident_hub.plan.contingency import Plan
from incident_hub.plan.positions import locate
from incident_hub.simulation.manning import Manning, judge

TEXT = (Path(__file__).parents[1] / "plan" / "small.toml").read_text(encoding="utf-8")
LINES = TEXT.split("\n")
ALL = frozenset({"in_app", "email", "sms"})
WRITTEN_TO, TEXTED = frozenset({"in_app", "email"}), frozenset({"sms"})
VACANT = datetime(2026, 12, 3, tzinfo=UTC)
LEADER, OFFICER = ("station", "duty_leader"), ("station", "duty_officer")
WHOLE = Manning(
    bound={"police": ["station"], "carrier": ["carrier-a"]},
    posts={"station": ["duty_officer", "duty_leader"], "carrier-a": ["duty_officer"]},
    around={"city": None, "harbour": "city"},
    answers={"station": ["city"]},
    reached={OFFICER: [ALL], LEADER: [ALL], ("carrier-a", "duty_officer"): [ALL]},
)  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    found, _ = examine(TEXT)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("changed", "check", "line"),
    [
        ({"bound": {"police": ["station"]}}, "party-unbound", 'code = "carrier"'),
        ({"answers": {}}, "area-unplayed", 'by = "area"'),
        ({"answers": {"station": ["harbour"]}}, "area-unplayed", 'by = "area"'),
        (
            {
                "bound": {"police": ["station", "other"], "carrier": ["carrier-a"]},
                "posts": {**WHOLE.posts, "other": ["duty_officer", "duty_leader"]},
                "answers": {"station": ["city"], "other": ["city"]},
            },
            "area-contested",
            'by = "area"',
        ),
        ({"posts": {**WHOLE.posts, "carrier-a": []}}, "post-missing", 'posts = ["duty_officer"]'),
        ({"gaps": {LEADER: VACANT}}, "post-unheld", 'posts = ["duty_officer", "duty_leader"]'),
        ({"reached": {**WHOLE.reached, LEADER: [ALL, WRITTEN_TO]}}, "step-unreachable", 'channels = ["sms"]'),
        ({"reached": {**WHOLE.reached, OFFICER: [TEXTED]}}, "step-unreachable", 'channels = ["in_app", "email"]'),
    ],
)  # fmt: skip
def test_whatever_the_plan_counts_on_and_nobody_is_there_for_is_named(
    plan: Plan, changed: dict[str, Any], check: str, line: str
):
    faults = judge(plan, locate(TEXT), replace(WHOLE, **changed))
    assert {(fault.rule, LINES[fault.line - 1]) for fault in faults} == {(check, line)}
    assert all(fault.message and fault.hint for fault in faults)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        # A second station at the harbour comes before the one that answers for the whole city.
        {
            "bound": {"police": ["station", "other"], "carrier": ["carrier-a"]},
            "posts": {**WHOLE.posts, "other": ["duty_officer", "duty_leader"]},
            "answers": {"station": ["city"], "other": ["harbour"]},
        },
        # Where nobody works on a screen the agency above stands in.
        {"posts": {**WHOLE.posts, "carrier-a": []}, "unmanned": {"carrier-a": "is reached by phone"}},
    ],
)
def test_a_plan_that_can_be_kept_has_no_fault(plan: Plan, changed: dict[str, Any]):
    assert judge(plan, locate(TEXT), replace(WHOLE, **changed)) == []
