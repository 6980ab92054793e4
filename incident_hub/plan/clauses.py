"""The parts of a plan file that say what is owed and who is called: rules and ladders. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from . import vocabulary
from .contingency import ByGravity, Ladder, Owed, Rule, Settle, Span, Step
from .positions import Path
from .sections import Codes
from .shapes import Table
from .spans import least, write_span

_OFFSETS = ("after", "before_due", "after_due")


def rule(table: Table, codes: Codes) -> Rule:
    """One rule."""
    found = Rule(
        code=table.text("code"),
        title=table.title("title"),
        force=table.word("force", vocabulary.FORCES),
        basis=table.text("basis"),
        confirmed=table.flag("confirmed"),
        when=table.words("when", vocabulary.KINDS, required=True),
        owed_by=_owed(table, "owed_by", (*vocabulary.OWERS, *codes.parties)),
        what=table.title("what"),
        within=_within(table),
        start=table.word("from", vocabulary.STARTS, "known_at"),
        settled_by=_settles(table, "settled_by", codes, required=True),
        cadence=table.flag("cadence", default=False),
        ladder=_ladder(table, codes),
        match=table.matches("match"),
        types=table.words("types", codes.types),
        categories=table.words("categories", vocabulary.CATEGORIES),
        grades=table.words("grades", (*vocabulary.GRADES, vocabulary.UNGRADED)),
        phases=table.words("phases", vocabulary.PHASES),
        attention=table.words("attention", vocabulary.ATTENTIONS),
        life_safety=table.either("life_safety"),
        tightened_by=table.words("tightened_by", vocabulary.KINDS),
        ended_by=_settles(table, "ended_by", codes, required=False),
    )
    table.done()
    return found


def ladder(table: Table, codes: Codes) -> Ladder:
    """One ladder with its steps."""
    steps = tuple(_step(row, codes) for row in table.tables("step", required=True))
    if not steps and isinstance(table.raw.get("step"), list):
        table.notes.value((*table.path, "step"), "empty", f"{table.name} has no step", "add [[ladder.step]]")
    found = Ladder(table.text("code"), steps)
    table.done()
    return found


def _step(table: Table, codes: Codes) -> Step:
    given = [key for key in _OFFSETS if key in table.raw]
    if len(given) != 1:
        now = " and ".join(given) or "none of them"
        message = f"{table.name} must say when: one of {', '.join(_OFFSETS)}; it has {now}"
        table.notes.key(table.path, "step-instant", message, 'write after = "5m", or before_due, or after_due')
    known = (*vocabulary.REACHED, *codes.parties)
    found = Step(
        kind=table.word("kind", vocabulary.STEP_KINDS),
        to=tuple(
            _owed_words(table, words, (*table.path, "to", number), known)
            for number, words in enumerate(table.words("to", required=True))
        ),
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


def _owed(table: Table, key: str, parties: Iterable[str]) -> Owed:
    words = table.text(key)
    return _owed_words(table, words, (*table.path, key), parties) if words.strip() else Owed("", "")


def _owed_words(table: Table, words: str, path: Path, parties: Iterable[str]) -> Owed:
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


def _within(table: Table) -> ByGravity[Span]:
    written = _by_gravity(table, "within", required=True)
    spans: dict[str, Span] = {}
    for gravity, words in written.items():
        if not words.strip():
            continue
        path = (*table.path, "within") if isinstance(table.raw.get("within"), str) else (*table.path, "within", gravity)
        spans[gravity] = table.as_span(words, path, "within")
        if not least(spans[gravity]) and words in ("0s", "0m", "0h", "0d", "0wd"):
            message = f"within of {table.name} is {write_span(spans[gravity])}"
            table.notes.value(path, "bad-duration", message, "nobody can answer in no time; give it a length")
    default = spans.pop("default", None)
    return ByGravity(spans, default)


def _ladder(table: Table, codes: Codes) -> ByGravity[str]:
    written = _by_gravity(table, "ladder", required=False)
    for gravity, code in written.items():
        if not code.strip():
            continue
        path = (*table.path, "ladder") if isinstance(table.raw.get("ladder"), str) else (*table.path, "ladder", gravity)
        table.known(code, codes.ladders, path, "ladder")
    default = written.pop("default", None)
    return ByGravity(written, default)


def _by_gravity(table: Table, key: str, *, required: bool) -> dict[str, str]:
    """One text for all, or a table by gravity with a default."""
    if isinstance(table.raw.get(key), dict):
        inner = table.table(key)
        rows = inner.raw if inner else {}
        for gravity in rows:
            table.known(gravity, (*vocabulary.GRAVITIES, "default"), (*table.path, key, gravity), f"key of {key}")
        if not rows:
            table.notes.value((*table.path, key), "empty", f"{key} of {table.name} is empty", "name a value")
        return {gravity: inner.text(gravity) for gravity in rows} if inner else {}
    if required or key in table.raw:
        return {"default": table.text(key)}
    table.asked.append(key)
    return {}


def _settles(table: Table, key: str, codes: Codes, *, required: bool) -> tuple[Settle, ...]:
    found: list[Settle] = []
    for row in table.tables(key, required=required):
        kind = row.word("kind", vocabulary.KINDS)
        by = row.word("by", (*vocabulary.SETTLERS, *codes.parties), "owner") if key == "settled_by" else "anyone"
        found.append(Settle(kind, by, row.matches("match")))
        row.done()
    if required and not found and isinstance(table.raw.get(key), list):
        table.notes.value((*table.path, key), "empty", f"{key} of {table.name} is empty", "say what ends the debt")
    return tuple(found)
