"""Whether a plan that rests on another only adds and tightens: everything it loosens, named where it stands. Pure.

Who depends on the parent (another agency, the law) must find each of its promises in the child, kept at least as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from incident_hub.plan.contingency import Plan
from incident_hub.plan.judgement import Judgement

from . import frame, ladders, roles, rules


def loosened(parent: Plan, child: Plan) -> Iterator[Judgement]:
    """Everything the child promises less of than its parent."""
    yield from roles.loosened(parent, child)
    for number, rule in enumerate(child.rules):
        before = parent.rule(rule.code)
        if before is None or before == rule:
            continue
        for key, message in rules.loosened(before, rule):
            yield ("rule", number, key), "loosens-rule", f"rule {rule.code}: {message}", _back("rule")
        for message in ladders.swapped(parent, child, before, rule):
            yield ("rule", number, "ladder"), "loosens-rule", f"rule {rule.code}: {message}", _back("rule")
    for number, ladder in enumerate(child.ladders.values()):
        before = parent.ladders.get(ladder.code)
        for message in ladders.loosened(before, ladder) if before else ():
            yield ("ladder", number), "loosens-ladder", f"ladder {ladder.code}: {message}", _back("ladder")
    yield from frame.loosened(parent, child)


def _back(part: str) -> str:
    return f"keep what the parent promises, or give the {part} a code of its own"
