"""What is asked of a return: what it must say, which numbers do not fit, what looks copied. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from incident_hub.plan.frame import Category, Equal
from incident_hub.plan.words import Words

from .line import CHANNELS, ORIGINS, Line, Refused

LARGEST = 10**9
COPIED_DAYS = 30
GAP = "gap"
# So long after the cut-off a number may still be expected; what is later than that is not coming.
LONGEST_WAIT = timedelta(days=7)
_NOBODY = Words("没有写由谁报告；请填岗位或姓名。", "Nobody is named who states it; give stated_by, a post or a name.")
_FUTURE = Words(
    "报告时刻在将来；请填当时的时刻。", "stated_at lies in the future; give the instant at which it was said."
)
_LATE = Words("已过时限；请写迟报原因。", "It comes after the cut-off; say in late_reason why.")


def refusals(line: Line, categories: Sequence[Category], at: datetime, due_at: datetime) -> list[Refused]:
    """Why a line cannot be taken; nothing when it can."""
    known = [category.code for category in categories]
    faults = [fault for category in categories if (fault := _count(line, category))]
    said_at = line.stated_at or at
    faults += [fault for code in line.unknown if (fault := _expected(line, code, said_at, due_at))]
    faults += [_strange(code, known) for code in sorted({*line.counts, *line.unknown} - set(known))]
    if line.origin not in ORIGINS:
        faults.append(_choice("origin", line.origin, ORIGINS))
    if line.channel not in CHANNELS:
        faults.append(_choice("channel", line.channel, CHANNELS))
    if not line.stated_by.strip():
        faults.append(_refused("stated_by", _NOBODY))
    if line.stated_at and line.stated_at > at:
        faults.append(_refused("stated_at", _FUTURE))
    if said_at > due_at and not line.late_reason.strip():
        faults.append(_refused("late_reason", _LATE))
    return faults


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


def to_explain(category: Category) -> Refused:
    """What is asked of whoever states a nought that something at the unit speaks against."""
    zh = category.title.zh or category.code
    words = Words(
        f"“{zh}”填了0，而本单位当日另有记录；请改数字，或在情况说明中写明原因。",
        f"{category.code} is 0, and something at the unit that day says otherwise; "
        "mend the number, or say in explanation why.",
    )
    return _refused(f"counts/{category.code}", words)


def is_nothing(counts: Mapping[str, object], findings: Collection[str]) -> bool:
    """Whether nothing out of the ordinary is stated: a nought in every category that is a finding."""
    return all(counts.get(category) == 0 for category in findings)


def copied(days: Sequence[Mapping[str, object] | None]) -> bool:
    """Whether thirty quiet days in a row state exactly the same: worth a look, and no accusation.

    Shape: the newest first; None for a day that was not received, or not quiet.
    """
    newest = days[0] if len(days) >= COPIED_DAYS else None
    return newest is not None and all(one == newest for one in days[1:COPIED_DAYS])


def _count(line: Line, category: Category) -> Refused | None:
    code, n = category.code, line.counts.get(category.code)
    zh, en = category.title.zh or code, category.code
    if code in line.unknown:
        if code in line.counts:
            words = Words(
                f"“{zh}”既有数字又填不详；请只留一项。", f"{en} has a number and is unknown; keep one of the two."
            )
            return _refused(f"counts/{code}", words)
        words = Words(f"“{zh}”不详而没有原因；请写明。", f"{en} is unknown without a reason; say why.")
        return None if line.unknown[code].reason.strip() else _refused(f"unknown/{code}", words)
    if type(n) is int and 0 <= n <= LARGEST:
        return None
    none = Words(
        f"“{zh}”没有数字；没有就填0，说不清就填不详并写原因。",
        f"{en} has no number; write 0 if there was none, or say that it is unknown and why.",
    )
    other = Words(
        f"“{zh}”写的是{n!r}；请填0到{LARGEST}的整数。", f"{en} is {n!r}; write a whole number from 0 to {LARGEST}."
    )
    return _refused(f"counts/{code}", none if n is None else other)


def _expected(line: Line, code: str, said_at: datetime, due_at: datetime) -> Refused | None:
    if said_at < line.unknown[code].expected_by <= due_at + LONGEST_WAIT:
        return None
    words = Words(
        f"“{code}”的补报时刻应在报告之后、截止后{LONGEST_WAIT.days}天之内。",
        f"{code} is expected too early or too late; "
        f"give an instant after it is said and at most {LONGEST_WAIT.days} days after the cut-off.",
    )
    return _refused(f"unknown/{code}", words)


def _strange(code: str, known: Sequence[str]) -> Refused:
    words = Words(
        f"预案中没有“{code}”这一类；有：{'、'.join(known)}。",
        f"The plan has no category {code}; it has {', '.join(known)}.",
    )
    return _refused(f"counts/{code}", words)


def _choice(field: str, told: str, choices: Sequence[str]) -> Refused:
    words = Words(
        f"{field}写的是{told!r}；请写{'、'.join(choices)}之一。",
        f"{field} is {told!r}; write one of {', '.join(choices)}.",
    )
    return _refused(field, words)


def _refused(field: str, words: Words) -> Refused:
    return Refused(f"/{field}", words)
