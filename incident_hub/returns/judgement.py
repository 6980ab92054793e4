"""What is asked of a return: what it must say, which numbers do not fit, what speaks against it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from incident_hub.plan.frame import Category, Equal

from .line import CHANNELS, ORIGINS, Line

LARGEST = 10**9
COPIED_DAYS = 30
GAP = "gap"
ENDED = ("closed", "false_alarm", "transferred")


@dataclass(frozen=True)
class Denied:
    """What a nought in a category denies: incidents of these types, or any that is still open.

    Shape: without `attention`, of any; `carried` is for the category that counts what is carried over.
    """

    types: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True)
class Happened:
    """An incident at a unit, as far as a return can contradict it."""

    ref: str
    type: str
    attention: str | None
    created_at: datetime
    status: str


def refusals(line: Line, categories: Sequence[Category], at: datetime, due_at: datetime) -> list[str]:
    """Why a line cannot be taken, each a sentence that says what to do; none when it can."""
    faults = [_count(line, category) for category in categories]
    known = [category.code for category in categories]
    faults += [f"The plan has no category {code}; it has {', '.join(known)}." for code in _strange(line, known)]
    if line.origin not in ORIGINS:
        faults.append(f"origin is {line.origin!r}; write one of {', '.join(ORIGINS)}.")
    if line.channel not in CHANNELS:
        faults.append(f"channel is {line.channel!r}; write one of {', '.join(CHANNELS)}.")
    if not line.stated_by.strip():
        faults.append("Nobody is named who states it; give stated_by, a post or a name.")
    if line.stated_at and line.stated_at > at:
        faults.append("stated_at lies in the future; give the instant at which it was said.")
    if (line.stated_at or at) > due_at and not line.late_reason.strip():
        faults.append("It comes after the cut-off; say in late_reason why.")
    return [fault for fault in faults if fault]


def gaps(line: Line, checks: Sequence[Equal]) -> list[str]:
    """Pairs that the plan wants equal and that are not, while nobody has said how that was checked."""
    if line.checked_how.strip():
        return []
    found: list[str] = []
    for check in checks:
        one, other = line.counts.get(check.one), line.counts.get(check.other)
        if one is not None and other is not None and one != other:
            found.append(f"{GAP}:{check.one}={check.other}")
    return found


def contradicted(
    line: Line, denied: Mapping[str, Denied], happened: Sequence[Happened], since: datetime, until: datetime
) -> dict[str, list[str]]:
    """The categories whose nought an incident at the unit speaks against, each with the references.

    Shape: `denied` by category; `happened` are the incidents at the unit, and whoever asks hands over only those that
    the desk that is answered may know; `since` and `until` are the window of the return.
    """
    found: dict[str, list[str]] = {}
    for category, what in denied.items():
        if line.counts.get(category) == 0:
            refs = [one.ref for one in happened if speaks_against(what, one, since, until)]
            if refs:
                found[category] = refs
    return found


def speaks_against(what: Denied, one: Happened, since: datetime, until: datetime) -> bool:
    """Whether a nought cannot be if this happened."""
    if what.carried:
        return one.created_at < until and one.status not in ENDED
    if one.type not in what.types:
        return False
    return since <= one.created_at < until and (not what.attention or one.attention in what.attention)


def is_nothing(counts: Mapping[str, object], findings: Collection[str]) -> bool:
    """Whether nothing out of the ordinary is stated: a nought in every category that is a finding."""
    return all(counts.get(category) == 0 for category in findings)


def copied(days: Sequence[Mapping[str, object]]) -> bool:
    """Whether thirty days in a row, the newest first, state exactly the same: worth a look, and no accusation."""
    return len(days) >= COPIED_DAYS and all(one == days[0] for one in days[1:COPIED_DAYS])


def _count(line: Line, category: Category) -> str:
    code = category.code
    if code in line.unknown:
        unknown = line.unknown[code]
        if code in line.counts:
            return f"{code} has a number and is unknown; keep one of the two."
        return "" if unknown.reason.strip() else f"{code} is unknown without a reason; say why."
    n = line.counts.get(code)
    if n is None:
        return f"{code} has no number; write 0 if there was none, or say that it is unknown and why."
    whole = type(n) is int and 0 <= n <= LARGEST
    return "" if whole else f"{code} is {n!r}; write a whole number from 0 to {LARGEST}."


def _strange(line: Line, known: Sequence[str]) -> list[str]:
    return sorted({*line.counts, *line.unknown} - set(known))
