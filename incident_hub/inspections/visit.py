"""What makes a visit sound, and what its answers come to (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from incident_hub.kernel.saying import say
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


def may_begin(
    origin: str, own: str, inspected: str, inspectors: Sequence[Mapping[str, str]], looked_after: Sequence[str] = ()
) -> str | None:
    """Why a visit may not begin like this; None when it may. Source: Postal Law Art. 63.

    Shape: `looked_after` are the agencies that own the sites here, and so look after their own places alone.
    """
    if origin == "self" and own != inspected:
        return "A self check is made by the agency that is looked at; choose authority or joint."
    if origin != "self" and own == inspected:
        return "Nobody inspects themselves for the authority; choose self."
    if origin != "self" and own in looked_after:
        return say("{own} looks after its own places; tell whoever oversees {inspected}.", own=own, inspected=inspected)
    named = [one["agency"] for one in inspectors if origin == "self" or one["agency"] != inspected]
    fewest = 1 if origin == "self" else FEWEST
    if len(named) < fewest:
        return say(
            "This visit takes {fewest} inspectors at least, none of them of those inspected; name agency and post.",
            fewest=fewest,
        )
    if origin == "joint" and len({one["agency"] for one in inspectors}) == 1:
        return "A joint visit is made by several agencies; name an inspector of each, or choose authority."
    return None


def may_visit(visit: str, inspected: str, inspectors: Sequence[Mapping[str, str]]) -> str | None:
    """Why these may not go on such a visit; None when they may."""
    if not known_before(visit) and inspected in [one["agency"] for one in inspectors]:
        return say(
            "{inspected} does not know of a mystery check before it is concluded; name others to make it.",
            inspected=inspected,
        )
    return None


def known_before(visit: str) -> bool:
    """Whether the inspected know of a visit while it goes on; of a mystery check only once it is concluded."""
    return visit != "mystery"


def hands(origin: str, own: str, inspected: str, inspectors: Sequence[Mapping[str, str]]) -> list[str]:
    """The agencies that write on a visit: whoever began it and whoever inspects, never the inspected but of itself."""
    named = [own, *(one["agency"] for one in inspectors)]
    return [one for one in dict.fromkeys(named) if origin == "self" or one != inspected]


def may_take_note(unanswered: Sequence[str]) -> str | None:
    """Why a visit may not be signed, or stated to be refused; None when it may. What was signed is answered no more."""
    return _left(unanswered)


def may_conclude(visit: str, outcome: str | None, unanswered: Sequence[str]) -> str | None:
    """Why a visit may not be concluded; None when it may."""
    if refusal := _left(unanswered):
        return refusal
    if known_before(visit) and outcome is None:
        return "The inspected have neither signed nor refused to; have it signed, or state the refusal and its witness."
    return None


def may_raise(visit: str, *, concluded: bool) -> str | None:
    """Why a finding may not become a hazard now; None when it may. A hazard is known to its owner at once."""
    if known_before(visit) or concluded:
        return None
    return "A hazard tells its owner, who does not know of a mystery check yet; conclude the check first."


def raised_as(visit: str, origin: str) -> str:
    """How the hazard was found that came out of a visit."""
    return "mystery" if visit == "mystery" else origin


def in_a_line(words: str, longest: int = 200) -> str:
    """What was found, as the title of a hazard: its first line, cut where it is too long."""
    line = words.strip().splitlines()[0].strip() if words.strip() else ""
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _left(unanswered: Sequence[str]) -> str | None:
    if not unanswered:
        return None
    return say(
        "{n} questions are unanswered, {unanswered} first; say “not looked at” if nobody did.",
        n=len(unanswered),
        unanswered=unanswered[0],
    )
