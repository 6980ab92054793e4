"""What the plan says to one fact: which debts it opens, settles and supersedes. Pure.

The record runs this on the draft of every entry and writes the answer into that same entry (rulings 10). Everything
is decided from what is handed in; the same fact always gets the same answer, in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .clocks import LEAD_MOVES, moved, periodic, planned_anew, wanted
from .conditions import AMENDED, GRADED, OPENED, RAISED, Seats, matches, met_at, proof, settles, told_apart
from .contingency import Plan, Rule
from .owing import (
    ENDED_BY_PLAN,
    INCIDENT_CLOSED,
    MOVED,
    PLANNED_ANEW,
    Debt,
    Heard,
    Opening,
    Place,
    Reaction,
    Settling,
    Superseding,
)
from .vocabulary import CLOSING

__all__ = [
    "Debt", "Heard", "Opening", "Place", "Reaction", "Settling", "Superseding", "follow", "heeds", "periodic",
]  # fmt: skip

_STATUS = "incident.status_changed"


def heeds(plan: Plan, kind: str) -> bool:
    """Whether any rule waits for this kind of fact; most journal entries concern none."""
    if kind in (_STATUS, AMENDED, *LEAD_MOVES):
        return True
    kinds = {kind, OPENED} if kind == RAISED else {kind}
    return any(
        kinds & {*rule.when, *rule.tightened_by, *(end.kind for end in (*rule.settled_by, *rule.ended_by))}
        for rule in plan.rules
    )


def follow(plan: Plan, heard: Heard, debts: Sequence[Debt], seats: Seats) -> Reaction:
    """What the plan demands after this fact.

    Shape: `debts` are the unanswered ones on the same subject; `seats` has every party of the plan and the words
    lead, site_owner and access (which falls back to `fresh_desks`).
    """
    opens: list[Opening] = []
    settled: list[Settling] = []
    supersedes: list[Superseding] = []
    for rule in plan.rules:
        owed = [debt for debt in debts if debt.rule == rule.code]
        met = [debt for debt in owed if settles(rule, heard, debt, seats)]
        settled += [Settling(debt.id, rule.code, met_at(heard), proof(heard)) for debt in met]

        reason = _superseded(rule, heard)
        # A missed debt is a fact already; only what still runs can end unanswered.
        ended = [debt for debt in owed if not rule.each or reason != ENDED_BY_PLAN or _speaks_of(rule, heard, debt)]
        dropped = [debt for debt in ended if reason and debt.state == "open" and debt not in met]
        supersedes += [Superseding(debt.id, rule.code, reason) for debt in dropped if reason]

        standing = [debt for debt in owed if debt not in met and debt not in dropped]
        moves = moved(plan, rule, heard, standing, seats)
        supersedes += [Superseding(debt.id, rule.code, MOVED) for debt, _ in moves]
        opens += [opening for _, opening in moves if opening]
        standing = [debt for debt in standing if not any(debt is gone for gone, _ in moves)]

        if planned_anew(rule, heard):
            standing = []
        tightens = heard.kind == GRADED or heard.kind in rule.tightened_by
        found = wanted(plan, rule, heard, () if reason else met, standing, seats)
        opens += _allowed(found, standing, tightens)
    return Reaction(tuple(opens), tuple(settled), tuple(supersedes))


def _superseded(rule: Rule, heard: Heard) -> str | None:
    """Why the rule's open debts end here unanswered. A law's never do, but for a date that was moved."""
    if planned_anew(rule, heard):
        return PLANNED_ANEW
    if rule.force == "law":
        return None
    if heard.kind == _STATUS and heard.data.get("to") in CLOSING and not rule.outlives:
        return INCIDENT_CLOSED
    if any(end.kind == heard.kind and matches(end.match, heard.data) for end in rule.ended_by):
        return ENDED_BY_PLAN
    return None


def _speaks_of(rule: Rule, heard: Heard, debt: Debt) -> bool:
    return debt.about == told_apart(rule, heard)


def _allowed(found: Iterable[Opening], standing: Sequence[Debt], tightens: bool) -> list[Opening]:
    """Nobody owes the same thing twice, unless this fact may tighten and the new clock is the tighter one."""
    kept: dict[tuple[str, str, str | None], Opening] = {}
    for opening in found:
        place = (opening.agency, opening.desk, opening.about)
        same = [debt for debt in standing if (debt.agency, debt.desk, debt.about) == place]
        if same and not (tightens and all(_tighter(opening, debt) for debt in same)):
            continue
        kept.setdefault(place, opening)
    return list(kept.values())


def _tighter(opening: Opening, debt: Debt) -> bool:
    """Shorter in itself, and sooner. A missed debt is past already, so being shorter is enough beside it."""
    shorter = opening.due_at - opening.starts_at < debt.due_at - debt.starts_at
    return shorter and (debt.state == "missed" or opening.due_at < debt.due_at)
