"""What may be answered to which bulletin, and how the answers of many desks are counted (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from incident_hub.kernel.saying import say
from incident_hub.plan.contingency import Plan
from incident_hub.plan.owing import Place

KINDS = ("instruction", "warning", "roll_call")
ANSWERS = {
    "instruction": ("noted", "done", "cannot"),
    "warning": ("noted", "done", "cannot"),
    "roll_call": ("present",),
}
# After these nothing more is awaited; what is noted of an instruction still has to be done.
FINAL = {
    "instruction": ("done", "cannot"),
    "warning": ("noted", "done", "cannot"),
    "roll_call": ("present",),
}
# Words that stand for an answer beside those given: nobody has answered, and it is not or already too late.
WAITING, MISSING = "waiting", "missing"
SENT = "bulletin.sent"


def may_answer(kind: str, answer: str, words: str, ended: str | None, before: str | None) -> str | None:
    """Why this cannot be the answer; None when it can.

    Shape: `before` is the newest answer of the same desk; who could not may still do it, and say so.
    """
    if ended is not None:
        return say("The sender has {ended} it; nothing is awaited any more.", ended=ended)
    if answer not in ANSWERS[kind]:
        return say("A {kind} is answered with {answers:or}.", kind=kind.replace("_", "-"), answers=ANSWERS[kind])
    if answer == "cannot" and not words:
        return "Say why it cannot be done, so that the sender can decide."
    if before in ("done", "present") or before == answer:
        return say("It was answered with {before} already.", before=before)
    return None


def may_instruct(plan: Plan, agency: str, seats: Mapping[str, Sequence[Place]]) -> str | None:
    """Why an agency may not send instructions under this plan; None when it may.

    A plan names those who may by the parties of its rules for instructions; one that names none leaves it to everybody.
    """
    rules = [rule for rule in plan.rules if SENT in rule.when and "instruction" in rule.match.get("kind", ())]
    named = {party for rule in rules for party in rule.by}
    if not named or any(not rule.by for rule in rules):
        return None
    if any(agency == place[0] for party in named for place in seats.get(party, ())):
        return None
    return say("The plan lets {named} send instructions; send a warning, or ask one of them.", named=sorted(named))


@dataclass(frozen=True)
class Line:
    """How one desk stands. Shape: `answer` is an answer, waiting or missing; `seconds` to its first word."""

    desk: str
    answer: str
    awaited: bool
    on_time: bool | None
    seconds: int | None


def line(
    kind: str, desk: str, given: Sequence[tuple[str, datetime]], sent_at: datetime, due_at: datetime, at: datetime
) -> Line:
    """How one desk stands at an instant. Shape: `given` are its answers with when they were given, oldest first."""
    settled = next((when for answer, when in given if answer in FINAL[kind]), None)
    awaited = settled is None
    on_time = settled <= due_at if settled else (False if at > due_at else None)
    if not given:
        return Line(desk, MISSING if at > due_at else WAITING, awaited, on_time, None)
    return Line(desk, given[-1][0], awaited, on_time, round((given[0][1] - sent_at).total_seconds()))


def counted(kind: str, lines: Collection[Line]) -> dict[str, object]:
    """What the sender is told of all: n of m answered, how many of each answer, and who has not said a word.

    Shape: {of, answered, on_time, awaited, answers{answer: n}, missing[desk]}; late or not yet, the missing are named.
    """
    silent = [one.desk for one in lines if one.answer in (WAITING, MISSING)]
    return {
        "of": len(lines),
        "answered": len(lines) - len(silent),
        "on_time": sum(one.on_time is True for one in lines),
        "awaited": sum(one.awaited for one in lines),
        "answers": {answer: sum(one.answer == answer for one in lines) for answer in ANSWERS[kind]},
        "missing": sorted(silent),
    }
