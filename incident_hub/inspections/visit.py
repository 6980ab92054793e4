"""What makes a visit sound, and what its answers come to (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from incident_hub.plan.contingency import Checklist

ORIGINS = ("self", "authority", "joint")
ANSWERS = ("yes", "no", "not_looked", "not_applicable")
# Postal Law Art. 63: who inspects for the authority does so by two at least.
FEWEST = 2


@dataclass
class Score:
    """What the answers come to; the grave items that were answered no are said apart, never set off against points.

    Shape: only yes and no count; `open` are the questions that nobody has answered.
    """

    points: int = 0
    possible: int = 0
    counted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ANSWERS, 0))
    grave: list[str] = field(default_factory=list[str])
    open: list[str] = field(default_factory=list[str])


def score(checklists: Iterable[Checklist], answers: Mapping[tuple[str, str], str]) -> Score:
    """What a visit's answers come to. What is unanswered is never a yes."""
    made = Score()
    for checklist in checklists:
        for item in checklist.items:
            answer = answers.get((checklist.code, item.code))
            name = f"{checklist.code}/{item.code}"
            if answer is None:
                made.open.append(name)
                continue
            made.counted[answer] += 1
            if answer in ("yes", "no"):
                made.possible += item.points
            if answer == "yes":
                made.points += item.points
            if answer == "no" and item.grave:
                made.grave.append(name)
    return made


def may_begin(origin: str, own: str, inspected: str, inspectors: Sequence[object]) -> str | None:
    """Why a visit may not begin like this; None when it may. Source: Postal Law Art. 63."""
    if origin == "self" and own != inspected:
        return "A self check is made by the agency that is looked at; choose authority or joint."
    if origin != "self" and own == inspected:
        return "Nobody inspects themselves for the authority; choose self."
    fewest = 1 if origin == "self" else FEWEST
    if len(inspectors) < fewest:
        return f"This visit takes {fewest} inspectors at least; name them by agency and post."
    return None


def known_before(visit: str) -> bool:
    """Whether the inspected know of a visit while it goes on; of a mystery check only once it is concluded."""
    return visit != "mystery"


def may_conclude(visit: str, outcome: str | None, unanswered: Sequence[str]) -> str | None:
    """Why a visit may not be concluded; None when it may."""
    if unanswered:
        return f"{len(unanswered)} questions are unanswered, {unanswered[0]} first; say “not looked at” if nobody did."
    if known_before(visit) and outcome is None:
        return "The inspected have neither signed nor refused to; have it signed, or state the refusal and its witness."
    return None
