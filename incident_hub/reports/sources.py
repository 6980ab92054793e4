"""From what a desk knows of an incident to the lines of its report: nothing is typed twice (pure).

A source answers with its words in both languages, or with None where the Hub knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incident_hub.plan.words import Words

from .wording import GRADE, POST, STATUS, VERIFICATION, hour, lines, moment, said

# A report is no journal: the newest so many entries are told, and the journal has the rest.
MOST = 40


@dataclass(frozen=True)
class Known:
    """What a desk knows of an incident at an instant, in plain values.

    Shape: `journal` is what all with access may read, oldest first: {kind, text, at, milestone, desk: Words};
    `taken` {agency: Words, post, at}; `owed` {what: Words, due_at}; `figures` by category {n, as_of, source, basis}.
    """

    title: str
    type: Words
    zone: str
    summary: str = ""
    received_at: datetime | None = None
    logged_by: Words | None = None
    occurred_at: datetime | None = None
    occurred_about: bool = False
    place: Words | None = None
    grade: str | None = None
    attention: str | None = None
    verification: str = "unverified"
    status: str = "reported"
    desk: Words | None = None
    journal: Sequence[Mapping[str, Any]] = ()
    taken: Sequence[Mapping[str, Any]] = ()
    owed: Sequence[Mapping[str, Any]] = ()
    files: Sequence[str] = ()
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


def nature(known: Known, since: datetime | None) -> Words | None:
    """The type of the plan."""
    return known.type


def received(known: Known, since: datetime | None) -> Words | None:
    """When one's own agency was told, by the 24-hour clock."""
    return _same(moment(known.received_at, known.zone)) if known.received_at else None


def source(known: Known, since: datetime | None) -> Words | None:
    """Who logged it."""
    return known.logged_by


def occurred(known: Known, since: datetime | None) -> Words | None:
    """When it happened, and whether that is only about right."""
    if known.occurred_at is None:
        return None
    at = moment(known.occurred_at, known.zone)
    return Words(f"约 {at}", f"about {at}") if known.occurred_about else _same(at)


def place(known: Known, since: datetime | None) -> Words | None:
    """Where, from the county down to the unit."""
    return known.place


def degree(known: Known, since: datetime | None) -> Words | None:
    """How sure it is, and how grave."""
    parts = [said(VERIFICATION, known.verification)]
    parts += [said(GRADE, known.grade)] if known.grade else [Words("未定级", "ungraded")]
    if known.attention:
        parts.append(Words(f"关注等级 {known.attention}", f"attention {known.attention}"))
    return Words("，".join(one.zh for one in parts), ", ".join(one.en for one in parts))


def leaders(known: Known, since: datetime | None) -> Words | None:
    """Which leaders have it in hand, and who has arrived."""
    found = [
        (one["at"], Words(f"{one['agency'].zh}{said(POST, one['post']).zh}接手", _takes(one)))
        for one in known.taken
        if one["post"] in ("duty_leader", "executive") and _new(one["at"], since)
    ]
    arrived = [one for one in _written(known, since, "milestone") if one["milestone"] == "arrived"]
    found += [
        (one["at"], Words(f"{one['desk'].zh}到达：{one['text']}", f"{one['desk'].en} arrived: {one['text']}"))
        for one in arrived
    ]
    return _listed(known, sorted(found, key=lambda one: one[0]))


def contact(known: Known, since: datetime | None) -> Words | None:
    """Who answers questions, by post and never by name."""
    return known.desk and Words(f"{known.desk.zh} 值班员", f"{known.desk.en}, duty officer")


def course(known: Known, since: datetime | None) -> Words | None:
    """What happened: the account and the messages and milestones, or since the last report only these."""
    account = f"{known.title}。{known.summary}" if known.summary else known.title
    first = [_same(account)] if since is None else []
    told = [(one["at"], _same(one["text"])) for one in _written(known, since, "message", "milestone")]
    rest = _listed(known, told)
    return lines([*first, *([rest] if rest else [])]) if first or rest else None


def measures(known: Known, since: datetime | None) -> Words | None:
    """What was decided and done."""
    told = [
        (one["at"], Words(f"{one['desk'].zh}：{one['text']}", f"{one['desk'].en}: {one['text']}"))
        for one in _written(known, since, "action", "decision")
    ]
    return _listed(known, told)


def trend(known: Known, since: datetime | None) -> Words | None:
    """Where it stands, by its status."""
    status = said(STATUS, known.status)
    return Words(f"处置状态：{status.zh}", f"Status: {status.en}")


def next_work(known: Known, since: datetime | None) -> Words | None:
    """What one's own desk still owes, earliest first."""
    told = [
        Words(
            f"{one['what'].zh}（{hour(one['due_at'], known.zone)} 前）",
            f"{one['what'].en} (by {hour(one['due_at'], known.zone)})",
        )
        for one in known.owed
    ]
    return lines(told) if told else None


def attachments(known: Known, since: datetime | None) -> Words | None:
    """What is attached to the incident, by name."""
    return _same("\n".join(known.files)) if known.files else None


SOURCES: Mapping[str, Callable[[Known, datetime | None], Words | None]] = {
    "nature": nature, "received": received, "source": source, "occurred": occurred, "place": place, "degree": degree,
    "leaders": leaders, "contact": contact, "course": course, "measures": measures, "trend": trend,
    "next": next_work, "attachments": attachments,
}  # fmt: skip
# These tell of what was written since the last report, so what they say has always moved.
OF_THE_JOURNAL = {"leaders", "course", "measures"}


def _same(words: str) -> Words:
    return Words(words, words)


def _new(at: datetime, since: datetime | None) -> bool:
    return since is None or at > since


def _written(known: Known, since: datetime | None, *kinds: str) -> list[Mapping[str, Any]]:
    return [one for one in known.journal if one["kind"] in kinds and _new(one["at"], since)]


def _takes(one: Mapping[str, Any]) -> str:
    return f"the {said(POST, one['post']).en} of {one['agency'].en} has taken it"


def _listed(known: Known, told: Sequence[tuple[datetime, Words]]) -> Words | None:
    """One line an entry, with its hour; the newest where there are too many."""
    rows = [(hour(at, known.zone), words) for at, words in told[-MOST:]]
    return lines([Words(f"{at} {words.zh}", f"{at} {words.en}") for at, words in rows]) if rows else None
