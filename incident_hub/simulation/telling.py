"""A timeline as text a duty leader reads: what happens when, then what is owed, then what it asks of people. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from .load import Load, load_of
from .standin import CODE
from .timeline import Debt, Moment, Step, Timeline, Withheld
from .words import say

_SIGNS = {"call": "☎", "remind": "○", "inform": "□"}
# What happens first is told first: what somebody did, what it opened, what the clock then did.
_ORDER = {"moment": 0, "debt": 1, "step": 2, "missed": 3}


def tell(timeline: Timeline, language: str) -> str:
    """The whole night in lines; instants in the operation's zone."""
    load = load_of(timeline)
    lines = [timeline.title.of(language), *_head(timeline, language, load), ""]
    lines += [f"{clock_words(timeline, at)}  {words}" for at, words in _lines(timeline, language)]
    if timeline.ended:
        lines.append(f"          … {timeline.ended}")
    for heading, rows in _tables(timeline, load, language):
        lines += ["", heading, *(f"  {row}" for row in rows or [say("none", language)])]
    return "\n".join(lines) + "\n"


def _head(timeline: Timeline, language: str, load: Load) -> list[str]:
    zone = ZoneInfo(timeline.zone)
    since, until = (one.astimezone(zone) for one in (timeline.start, timeline.until))
    world = say("stand_in", language) if timeline.operation == CODE else timeline.operation
    numbers = {"debts": len(timeline.debts), "steps": len(timeline.steps)}
    span = f"{since:%Y-%m-%d %H:%M} – {until:%Y-%m-%d %H:%M} {timeline.zone}"
    where = f"{say('plan', language)} {timeline.plan} · {say('world', language)} {world}"
    return [f"{span} · {where}", say("summary", language, missed=load.missed, calls=load.calls, **numbers)]


def clock_words(timeline: Timeline, at: datetime) -> str:
    """An instant as the clock on the wall shows it, with the day when it is not the first."""
    local = at.astimezone(ZoneInfo(timeline.zone))
    first = timeline.start.astimezone(ZoneInfo(timeline.zone)).date()
    days = (local.date() - first).days
    return f"{local:%H:%M:%S}" + (f" +{days}d" if days else "")


def _lines(timeline: Timeline, language: str) -> list[tuple[datetime, str]]:
    found: list[tuple[datetime, int, int, str]] = []
    for place, moment in enumerate(timeline.moments):
        found.append((moment.at, _ORDER["moment"], place, moment_words(moment, language)))
    for place, debt in enumerate(timeline.debts):
        due = clock_words(timeline, debt.due_at)
        words = (
            f"  ├ {debt.id} {debt.rule} {debt.desk}:{debt.post} {say('owes', language)} · {say('by', language)} {due}"
        )
        found.append((debt.opened_at, _ORDER["debt"], place, words))
        if debt.missed_at:
            words = f"  ✗ {debt.id} {debt.rule} {debt.desk}:{debt.post} {say('missed', language)}"
            found.append((debt.missed_at, _ORDER["missed"], place, words))
    for place, step in enumerate(timeline.steps):
        found.append((step.at, _ORDER["step"], place, f"  {step_words(timeline, step, language)}"))
    return [(at, words) for at, _, _, words in sorted(found)]


def moment_words(moment: Moment, language: str) -> str:
    """What somebody did or said, and why it was refused if it was."""
    told = ", ".join(f"{name} {_plain(value)}" for name, value in moment.told.items())
    matter = f" [{moment.matter}]" if moment.matter else ""
    refused = f" — {say('refused', language)}: {moment.refused}" if moment.refused else ""
    who = moment.by or say("operation", language)
    deed = say(
        {"answer": "answers", "open": "opens", "not_applicable": "finds"}.get(moment.kind, moment.kind), language
    )
    return f"● {who} {deed}{matter} {told}{refused}"


def _plain(value: object) -> str:
    return f"{value:%Y-%m-%dT%H:%MZ}" if isinstance(value, datetime) else str(value)


def step_words(timeline: Timeline, step: Step, language: str) -> str:
    """One step in words: its kind, whose debt, which rung, whom it reaches, whom not and why."""
    rung = say("step", language, n=step.step + 1)
    if step.occurrence:
        rung += f", {say('again', language, n=step.occurrence + 1)}"
    if step.round:
        rung += f", {say('round', language, n=step.round + 1)}"
    if step.exhausted:
        rung = say("exhausted", language)
    reached = "; ".join(
        f"{one.desk}:{one.post} ({', '.join(timeline.people.get(id, id) for id in one.members)})"
        for one in step.targets
    )
    words = f"{_SIGNS.get(step.kind, '·')} {say(step.kind, language)} {step.debt} {step.rule} {step.desk} · {rung}"
    words += f" → {reached or say('nobody', language)}"
    kept = "; ".join(_withheld(timeline, one, language) for one in step.withheld)
    words += f" | {kept}" if kept else ""
    if step.disclosed:
        words += f" | {say('disclosed', language)} {', '.join(step.disclosed)}"
    if step.passed:
        left = step.passed_on
        words += f" | {say('nothing_left', language) if left is None else say('passed_on', language, n=left + 1)}"
    return words


def _withheld(timeline: Timeline, one: Withheld, language: str) -> str:
    if one.member:
        name = timeline.people.get(one.member, one.member)
        return f"{name} {one.channel}: {say(one.why, language)}"
    return f"{one.desk}:{one.post}: {say(one.why, language)}" if one.desk else say(one.why, language)


def _tables(timeline: Timeline, load: Load, language: str) -> Iterator[tuple[str, list[str]]]:
    yield say("owed", language), [_debt(timeline, one, language) for one in timeline.debts]
    busy = [f"{clock_words(timeline, one.since)}+1h  {one.name}  {one.calls}" for one in load.busy]
    yield say("load", language), busy
    humans = [
        f"{one.debt} {one.rule} {one.desk}: {say('one_human', language, n=one.rungs)} ({one.name})"
        for one in load.one_human
    ]
    if humans:
        yield say("one_human", language, n="n"), humans
    for heading, rows in (("vacancies", load.vacancies), ("uncleared", load.not_cleared)):
        times = [f"{one.desk}:{one.post}  {say('times', language, n=one.times)}" for one in rows]
        yield say(heading, language), times


def _debt(timeline: Timeline, debt: Debt, language: str) -> str:
    met = f" {clock_words(timeline, debt.met_at)}" if debt.met_at else ""
    clock = f"{clock_words(timeline, debt.starts_at)} → {clock_words(timeline, debt.due_at)}"
    return f"{debt.id:<4} {debt.rule:<10} {debt.desk}:{debt.post}  {clock}  {say(debt.state, language)}{met}"
