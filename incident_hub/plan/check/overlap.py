"""Whether two rules ask the same of the same post at the same time, so that one act ends both. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from incident_hub.plan.contingency import Plan, Rule
from incident_hub.plan.judgement import Judgement

from .rules import overlap
from .unused import concerns

_CONDITIONS = ("grades", "attention", "phases", "periods", "by")


def judge(plan: Plan) -> Iterator[Judgement]:
    """The second of two rules that one act would end."""
    for (_, one), (number, other) in combinations(enumerate(plan.rules), 2):
        if _one_act(one, other) and _meet(plan, one, other):
            message = f"rules {one.code} and {other.code} ask the same of the same post, and one act ends both"
            hint = "make one rule of them with its limits in a table, or tell them apart by a condition"
            yield ("rule", number, "settled_by"), "overlapping-clocks", message, hint


def _one_act(one: Rule, other: Rule) -> bool:
    """Whether the same post owes both, from the same instant, with the same force, until the same act."""
    # A settlement names the one debt it speaks of: two debts, two settlements.
    acts = [settle for settle in one.settled_by if not settle.kind.startswith("obligation.")]
    alike = ("force", "owed_by", "settled_by", "start", "before", "window", "every", "heard")
    return bool(acts) and all(getattr(one, name) == getattr(other, name) for name in alike)


def _meet(plan: Plan, one: Rule, other: Rule) -> bool:
    """Whether one fact can open both."""
    if one.when and not set(one.when) & set(other.when):
        return False
    if one.when and not any(concerns(one, kind) and concerns(other, kind) for kind in plan.types.values()):
        return False
    for name in _CONDITIONS:
        ours, theirs = set(getattr(one, name)), set(getattr(other, name))
        if ours and theirs and not ours & theirs:
            return False
    if None not in (one.sensitive, other.sensitive) and one.sensitive != other.sensitive:
        return False
    return overlap(one.match, other.match)
