"""Every key of a plan, broken in every way, is found at its line, or may be broken for a reason.

Here every key of the small plan is broken, and some of the expo's; `python -m tests.plan.test_mutations` breaks all of
the expo's, one at a time, and names what is not found.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.plan.mutations import Slip, missed, slips, written
from tests.plan.night import EXPO

SMALL = Path(__file__).with_name("small.toml")

ALL = {plan: [*slips(tomllib.loads(plan.read_text(encoding="utf-8")))] for plan in (SMALL, EXPO)}

# Keys that may be absent, and why nobody could say that they should be there.
MAY_BE_ABSENT = {
    "period.areas": "it then holds everywhere",
    "plan.checklist": "a plan need not have a first hour common to all types",
    "calendar": "without one Saturday and Sunday are days of rest",
    "calendar.rest": "Saturday and Sunday are meant",
    "calendar.holidays": "there may be none",
    "calendar.workdays": "there may be none",
    "levels.grade.criteria": "a grade may be decided without figures",
    "levels.grade.criteria.": "any one figure is enough; a gap between two grades is found",
    "party.kinds": "any kind of agency may play it",
    "type.support": "a lead may act alone",
    "type.informed": "nobody need be told besides",
    "type.tlp": "AMBER is meant",
    "type.cap": "Other is meant",
    "type.checklist": "a type may have none of its own",
    "type.criteria": "the plan's own figures hold for every type",
    "type.criteria.III.": "any one figure is enough; none at all is found",
    "type.criteria.": "the plan's own figures hold; a gap between two grades is found",
    "zero_report.category.contradicted_by": "not every nought can be spoken against",
    "zero_report.category.suggested_from": "the Hub counts only some of it",
    "zero_report.category.attention": "incidents of any attention then speak against it",
    "rule.heard": "the rule is then for what was reported",
    "rule.ladder": "not every debt is chased",
    "rule.ladder.": "the default stands in, or nobody is called below it",
    "rule.within.": "the default stands in",
    "rule.settled_by.by": "the owner is meant",
    "rule.settled_by.match": "any entry of the kind then settles it",
    "rule.settled_by.match.": "any entry of the kind then settles it",
    "rule.ended_by": "it then runs until it is met",
    "rule.ended_by.match": "any entry of the kind then ends it",
    "rule.ended_by.match.": "any entry of the kind then ends it",
    "rule.match": "any entry of the kind then opens it",
    "rule.match.": "any entry of the kind then opens it",
    "rule.tightened_by": "a change of grade tightens by itself",
    "rule.from": "known_at is meant",
    "rule.window": "it then opens at any time after",
    "rule.target": "not every limit is wanted at once",
    "rule.pre_report": "a whole report is then owed",
    "rule.cadence": "it is then owed once",
    "rule.outlives": "it then ends with the incident",
    "ladder.loop": "it is then gone through once",
    "ladder.quiet": "it then calls at any hour",
    "ladder.bundle": "every call is then its own message",
    "ladder.step.discloses": "it then reaches only those who may know",
    "zero_report": "a plan need not ask for a daily return",
    "zero_report.checks": "no two numbers need be the same",
    "zero_report.tier.rolls_up_to": "the last level rolls up to nobody",
    "zero_report.tier.party": "each unit may report for itself",
    "zero_report.tier.rule": "nobody is then reminded of that level's day",
    "zero_report.category.workload": "whatever is counted is then a finding",
    "report_tier": "a plan need not say how reports go upward",
    "report_tier.reports_to": "the last level reports to nobody",
    "briefing": "a plan need not have the situation written down",
    "checklist": "a plan need not have visits",
    "readiness": "a plan need not ask what is in place",
    "readiness.measured": "it is then stated by the carrier",
    "readiness.valid_for": "it then holds until it is stated anew",
    "readiness.warn": "nobody is then warned before it ends",
    "retention": "what is kept is then kept as long as the house says",
} | {
    f"rule.{condition}": "an absent condition always holds"
    for condition in ("types", "categories", "grades", "phases", "sensitive")
}  # fmt: skip

# Anything else that is broken and need not be found, or is found at another line.
MAY_BE_BROKEN = {
    ("calendar", "out of range"): "an empty calendar says nothing",
    ("calendar.rest", "out of range"): "seven days of work",
    ("calendar.holidays", "out of range"): "no holidays",
    ("calendar.workdays", "out of range"): "no days worked after all",
    ("party.kinds", "dangling"): "kinds of agency are the directory's words",
    ("rule.match.rule", "missing"): "without it the rule waits for itself: found at its `when`, as a cycle",
    ("rule.match.category", "wrong type"): "a category of figures is an open word",
    ("rule.match.category", "dangling"): "a category of figures is an open word",
    ("rule.each", "missing"): "found at the tier that names the rule",
    ("rule.each", "dangling"): "found at the tier that names the rule",
    ("period", "missing"): "found at each rule that names one",
    ("rule.ladder.default", "missing"): "found at a ladder that is used no more, or nobody is called",
}


def name(slip: Slip) -> str:
    return ".".join(slip.kind)


def allowed(slip: Slip) -> bool:
    """Whether a slip need not be found at its line."""
    if (name(slip), slip.way) in MAY_BE_BROKEN:
        return True
    return slip.way == "missing" and (
        name(slip) in MAY_BE_ABSENT or f"{name(slip).rpartition('.')[0]}." in MAY_BE_ABSENT
    )


def not_found(tried: Iterable[Slip]) -> list[str]:
    return [words for slip in tried if not allowed(slip) and (words := missed(slip))]


def test_every_key_of_the_small_plan_broken_in_every_way_is_found_where_it_stands():
    assert len(ALL[SMALL]) > 1000
    assert not_found(ALL[SMALL]) == []


def test_keys_of_the_expos_plan_broken_in_any_way_are_found_where_they_stand():
    assert not_found(random.Random(1).sample(ALL[EXPO], 120)) == []


@pytest.mark.parametrize("plan", [SMALL, EXPO])
def test_a_plan_written_anew_says_the_same(plan: Path):
    raw = tomllib.loads(plan.read_text(encoding="utf-8"))
    text, places = written(raw)
    assert tomllib.loads(text) == raw
    lines = text.split("\n")
    assert all(str(path[-1]) in lines[line - 1] for path, line in places.items() if path and isinstance(path[-1], str))


def test_what_may_be_absent_or_broken_is_there_to_be():
    names = {name(slip) for found in ALL.values() for slip in found}
    names |= {f"{one.rpartition('.')[0]}." for one in names}
    assert set(MAY_BE_ABSENT) <= names
    assert {one for one, _ in MAY_BE_BROKEN} <= names


def main() -> int:
    """Break every key of the expo's plan; 0 when each is found, or may be so."""
    left = not_found(ALL[EXPO])
    excused = sum(allowed(slip) for slip in ALL[EXPO])
    print(*left, f"{len(ALL[EXPO])} slips, {excused} allowed for a reason, {len(left)} not found", sep="\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
