"""Whether everybody a ladder of the parent calls is still called, no later and at least as loudly. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from incident_hub.plan.contingency import Ladder, Owed, Plan, Rule, Step
from incident_hub.plan.durations import write_duration
from incident_hub.plan.vocabulary import STEP_KINDS

from .rules import FACTS, spoken

_DAY = range(24 * 60)


def swapped(parent: Plan, child: Plan, before: Rule, now: Rule) -> Iterator[str]:
    """How a rule is chased less because it names another ladder, or none; said once."""
    for facts in FACTS:
        was, is_now = before.ladder.of(facts), now.ladder.of(facts)
        if was is None or was == is_now or was not in parent.ladders:
            continue
        if is_now is None or is_now not in child.ladders:
            yield f"{spoken(facts)}: nobody is called any more, and {was} called"
            return
        for message in loosened(parent.ladders[was], child.ladders[is_now]):
            yield f"{spoken(facts)}: {is_now} is no match for {was}: {message}"
            return


def loosened(parent: Ladder, child: Ladder) -> Iterator[str]:
    """Everything a ladder does less of, or later."""
    for number, step in enumerate(parent.steps):
        for owed in step.to:
            if not any(_as_good(step, one) and owed in one.to for one in child.steps):
                yield f"{_who(owed)} is no longer reached as by step {number + 1}: {_when(step)}, {step.kind}"
    if parent.loop:
        if child.loop is None or child.loop.times < parent.loop.times:
            yield f"goes round fewer times than {parent.loop.times}"
        elif child.loop.every > parent.loop.every:
            yield f"goes round only every {write_duration(child.loop.every)}"
    if child.quiet and not set(_minutes(child.quiet)) <= set(_minutes(parent.quiet) if parent.quiet else ()):
        yield "is quiet for longer"
    if child.bundle and (parent.bundle is None or child.bundle > parent.bundle):
        yield "lets calls wait longer for each other"


def _as_good(before: Step, now: Step) -> bool:
    """Whether a step does all that another one did, no later."""
    return (
        _no_later(before, now)
        and STEP_KINDS.index(now.kind) <= STEP_KINDS.index(before.kind)
        and set(before.channels) <= set(now.channels)
        and (before.discloses is None or now.discloses == before.discloses)
        and _repeats(before, now)
    )


def _no_later(before: Step, now: Step) -> bool:
    """Whatever the length of the debt. A reminder does not stand for the word that a deadline was missed."""
    if before.after is not None:
        return now.after is not None and now.after <= before.after
    if before.before_due is not None:
        return now.before_due is not None and now.before_due >= before.before_due
    return before.after_due is not None and now.after_due is not None and now.after_due <= before.after_due


def _repeats(before: Step, now: Step) -> bool:
    if before.repeat is None or before.up_to is None:
        return True
    if now.repeat is None or now.up_to is None:
        return False
    return now.repeat <= before.repeat and now.up_to >= before.up_to


def _minutes(quiet: tuple[time, time]) -> Iterator[int]:
    since, until = (one.hour * 60 + one.minute for one in quiet)
    length = (until - since) % len(_DAY) or len(_DAY)
    return ((since + minute) % len(_DAY) for minute in range(length))


def _who(owed: Owed) -> str:
    return f"{owed.post} of {owed.party}"


def _when(step: Step) -> str:
    if step.after is not None:
        return f"{write_duration(step.after)} after the start"
    if step.before_due is not None:
        return f"{write_duration(step.before_due)} before due"
    return f"{write_duration(step.after_due or timedelta())} after due"
