"""What is wrong with a plan that reads well: judged from the file alone, before anybody depends on it. Pure.

The reader has already named every unknown word and missing part; here the parts are held against each other. Every
check by its name, with an example, stands in docs/PLAN.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from incident_hub.plan.bounds import FAULTS, more
from incident_hub.plan.contingency import Plan
from incident_hub.plan.extending import laid_over
from incident_hub.plan.faults import Fault
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.loosening import loosened
from incident_hub.plan.positions import Positions
from incident_hub.plan.reader import read

from . import cycles, grades, ladders, matching, overlap, posts, returns, rules, translation, unused


def examine(text: str, parents: Sequence[str] = ()) -> tuple[Plan | None, list[Fault]]:
    """Read and check a file in one go: the plan, or None, and every fault in the order of the file.

    Shape: `parents` are the texts of the plans it extends, the nearest first.
    """
    plan, faults = read(text, parents)
    if plan is None:
        return None, faults
    above = read(parents[0], parents[1:])[0] if parents else None
    return plan, check(plan, laid_over(text, parents)[1], above)


def check(plan: Plan, positions: Positions, parent: Plan | None = None) -> list[Fault]:
    """Every fault of a plan that could be read, in the order of the file; and what it loosens of its parent."""
    found: set[Fault] = set()
    for path, rule, message, hint in islice(_judgements(plan, parent), FAULTS * 10):
        found.add(Fault(*positions.value(path), rule, message, hint))
    faults = sorted(found)
    return faults if len(faults) <= FAULTS else [*faults[:FAULTS], more(faults[:FAULTS])]


def _judgements(plan: Plan, parent: Plan | None) -> Iterator[Judgement]:
    for part in (grades, rules, matching, posts, cycles, overlap, ladders, returns, translation, unused):
        yield from part.judge(plan)
    if parent is not None:
        yield from loosened(parent, plan)
