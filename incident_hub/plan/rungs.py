"""The parts of a plan file that say who is called: ladders, their steps, and posts of a party. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from . import vocabulary
from .ladders import Ladder, Loop, Owed, Step
from .positions import Path
from .sections import Codes
from .shapes import Table

_OFFSETS = ("after", "before_due", "after_due")


def ladder(table: Table, codes: Codes) -> Ladder:
    """One ladder with its steps."""
    steps = tuple(_step(row, codes) for row in table.tables("step", required=True))
    found = Ladder(table.text("code"), steps, loop=_loop(table), bundle=table.length("bundle"), quiet=_quiet(table))
    table.done()
    return found


def owed(table: Table, key: str, parties: Iterable[str]) -> Owed:
    """The post of a party under a key."""
    words = table.text(key)
    return _owed(table, words, (*table.path, key), parties) if words.strip() else Owed("", "")


def owed_each(table: Table, key: str, parties: Iterable[str]) -> tuple[Owed, ...]:
    """The posts of parties listed under a key; at least one."""
    known = tuple(parties)
    return tuple(
        _owed(table, words, (*table.path, key, number), known)
        for number, words in enumerate(table.words(key, required=True))
    )


def _owed(table: Table, words: str, path: Path, parties: Iterable[str]) -> Owed:
    """A post of a party, written as people say it: duty_officer of lead."""
    post, of, party = words.partition(" of ")
    if not of:
        message = f"{table.name}: {words[:60]!r} does not say whose post it is"
        table.notes.value(path, "post-of-party", message, 'write it like "duty_officer of lead"')
        return Owed("", "")
    post, party = post.strip(), party.strip()
    table.known(post, vocabulary.POSTS, path, "post")
    table.known(party, parties, path, "party")
    return Owed(post, party)


def _loop(table: Table) -> Loop | None:
    inner = table.table("loop")
    if inner is None:
        return None
    times, every = inner.count("times"), inner.length("every")
    for key in ("times", "every"):
        if key not in inner.raw:
            inner.notes.key(inner.path, "missing-key", f"{inner.name} lacks {key}", f"add {key} to the loop")
    inner.done()
    return Loop(times, every) if times and every else None


def _quiet(table: Table) -> tuple[time, time] | None:
    words = table.text("quiet", "")
    if not words.strip():
        return None
    path = (*table.path, "quiet")
    begin, dash, end = words.partition("-")
    if not dash:
        message = f"quiet of {table.name}: {words[:40]!r} does not say from when to when"
        table.notes.value(path, "bad-time", message, 'write it like "22:00-07:00"')
        return None
    hours = table.as_wall(begin, path, "quiet"), table.as_wall(end, path, "quiet")
    if begin.strip() == end.strip():
        message = f"quiet of {table.name} begins when it ends"
        table.notes.value(path, "bad-time", message, "a whole day of silence is a ladder without calls")
    return hours


def _step(table: Table, codes: Codes) -> Step:
    given = [key for key in _OFFSETS if key in table.raw]
    if len(given) != 1:
        now = " and ".join(given) or "none of them"
        message = f"{table.name} must say when: one of {', '.join(_OFFSETS)}; it has {now}"
        table.notes.key(table.path, "step-instant", message, 'write after = "5m", or before_due, or after_due')
    known = (*vocabulary.REACHED, *codes.parties)
    found = Step(
        kind=table.word("kind", vocabulary.STEP_KINDS),
        to=owed_each(table, "to", known),
        channels=table.words("channels", vocabulary.CHANNELS, required=True),
        after=table.duration("after"),
        before_due=table.duration("before_due"),
        after_due=table.duration("after_due"),
        repeat=table.duration("repeat"),
        up_to=table.count("up_to"),
        discloses=table.word("discloses", vocabulary.DISCLOSURES, "") or None,
    )
    table.done()
    return found
