"""Whether the steps of each ladder fit the debts it chases. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from incident_hub.plan.contingency import Ladder, Plan
from incident_hub.plan.durations import write_duration
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path
from incident_hub.plan.spans import least
from incident_hub.plan.vocabulary import GRAVITIES, SOUNDING

# A letter or a line in a group chat wakes nobody at three in the morning; the board itself rings.
_LOUD = ("in_app", *SOUNDING)


def judge(plan: Plan) -> Iterator[Judgement]:
    """Steps that come too late, too early, out of order or without end."""
    for number, ladder in enumerate(plan.ladders.values()):
        yield from _ladder(plan, ladder, ("ladder", number))


def _ladder(plan: Plan, ladder: Ladder, path: Path) -> Iterator[Judgement]:
    for number, step in enumerate(ladder.steps):
        here: Path = (*path, "step", number)
        if step.repeat is not None and step.up_to is None:
            yield here, "endless-repeat", f"step {number + 1} of {ladder.code} repeats without end", "add up_to"
        if step.repeat is None and step.up_to is not None:
            yield here, "endless-repeat", f"step {number + 1} of {ladder.code} counts but never repeats", "add repeat"
        if step.repeat == timedelta():
            yield here, "endless-repeat", f"step {number + 1} of {ladder.code} repeats at once", "give it a length"
        if step.kind == "call" and not set(step.channels) & set(_LOUD):
            message = f"step {number + 1} of {ladder.code} calls, and none of its channels makes a sound"
            yield (*here, "channels"), "silent-call", message, f"add one of {', '.join(_LOUD)}, or remind instead"
    used = sorted(_used(plan, ladder.code))
    for within, who in used:
        yield from _steps(ladder, within, who, path)
    if used:
        yield from _over(ladder, *used[-1], path)


def _used(plan: Plan, code: str) -> set[tuple[timedelta, str]]:
    """The lengths of the debts this ladder chases, each with the rule it comes from."""
    keys = (*GRAVITIES, None)
    found: set[tuple[timedelta, str]] = set()
    for rule in plan.rules:
        for key in keys:
            within = rule.within.table.get(key, rule.within.default) if key else rule.within.default
            ladder = rule.ladder.table.get(key, rule.ladder.default) if key else rule.ladder.default
            if ladder == code and within is not None:
                found.add((least(within), rule.code))
    return found


def _steps(ladder: Ladder, within: timedelta, who: str, path: Path) -> Iterator[Judgement]:
    before = timedelta(days=-1)
    for number, step in enumerate(ladder.steps):
        here: Path = (*path, "step", number)
        offset = step.offset(within)
        of = f"step {number + 1} of ladder {ladder.code}"
        owed = f"rule {who}, {write_duration(within)}"
        if number == 0 and offset > within:
            message = f"{of} comes {write_duration(offset)} after the start, later than the debt is due ({owed})"
            yield here, "ladder-late", message, "let the first step come before the deadline"
        if offset < timedelta():
            yield here, "step-too-early", f"{of} would come before the debt begins ({owed})", "shorten before_due"
        elif offset < before:
            yield here, "steps-out-of-order", f"{of} comes before the one above it ({owed})", "put them in order"
        before = max(before, offset)


def _over(ladder: Ladder, within: timedelta, who: str, path: Path) -> Iterator[Judgement]:
    """Whether the ladder, with its rounds, lasts as long as the longest debt it chases."""
    ends = [step.offset(within) + (step.repeat or timedelta()) * ((step.up_to or 1) - 1) for step in ladder.steps]
    last = max(ends)
    if ladder.loop and ladder.loop.every <= last:
        message = f"{ladder.code} goes round every {write_duration(ladder.loop.every)}, and one round takes longer"
        hint = f"its last call comes after {write_duration(last)} (rule {who}); wait at least that long"
        yield (*path, "loop", "every"), "loop-too-short", message, hint
    if ladder.loop:
        last = max(last, ladder.loop.every * (ladder.loop.times + 1))
    if last < within:
        message = (
            f"{ladder.code} is over after {write_duration(last)}, and rule {who} is due after {write_duration(within)}"
        )
        yield path, "ladder-ends-early", message, 'add a step at after_due = "0m", or a loop'
