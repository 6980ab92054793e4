"""The parts of a plan file that say what is owed: rules, what opens them, how long they run, what ends them. Pure."""

from __future__ import annotations

from . import vocabulary
from .contingency import ByGravity, Every, Rule, Settle, Span
from .recurrence import read_every
from .rungs import owed
from .sections import Codes
from .shapes import Table
from .spans import least, write_span

# What looks at an incident, and so has nothing to look at when the clock comes round by itself.
_OF_INCIDENTS = (
    "types", "categories", "grades", "attention", "life_safety", "match", "by", "heard", "window", "pre_report",
    "tightened_by", "outlives",
)  # fmt: skip


def rule(table: Table, codes: Codes) -> Rule:
    """One rule."""
    found = Rule(
        code=table.text("code"),
        title=table.title("title"),
        force=table.word("force", vocabulary.FORCES),
        basis=table.text("basis"),
        confirmed=table.flag("confirmed"),
        when=table.words("when", vocabulary.KINDS, required="when" in table.raw),
        every=_every(table),
        owed_by=owed(table, "owed_by", (*vocabulary.OWERS, *codes.parties)),
        what=table.title("what"),
        within=_within(table),
        before=_before(table),
        start=table.word("from", vocabulary.STARTS, "entry" if "every" in table.raw else "known_at"),
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
        by=table.words("by", codes.parties),
        sensitive=table.either("sensitive"),
        periods=table.words("periods", codes.periods),
        heard=table.flag("heard", default=False),
        target=table.flag("target", default=False),
        pre_report=table.flag("pre_report", default=False),
        window=table.length("window"),
        outlives=table.flag("outlives", default=False),
        each=table.text("each", "") or None,
        tightened_by=table.words("tightened_by", vocabulary.KINDS),
        ended_by=_settles(table, "ended_by", codes, required=False),
    )
    _judge(table, found)
    table.done()
    return found


def _judge(table: Table, found: Rule) -> None:
    """Keys that cannot stand beside each other."""
    _one_of(table, ("when", "every"), 'write when = ["incident.opened"], or every = "day at 16:00"')
    _one_of(table, ("within", "before"), 'write within = "15m", or before = "10d" of what is planned')
    if "before" in table.raw and found.start != "planned_at":
        message = f"{table.name} counts back, but not from something planned"
        table.notes.value((*table.path, "before"), "before-from", message, 'write from = "planned_at" beside it')
    if "every" not in table.raw:
        return
    for key in (key for key in _OF_INCIDENTS if key in table.raw):
        message = f"{table.name} comes round by itself, so there is no incident to look at"
        table.notes.key(
            (*table.path, key), "no-incident", message, f"drop {key}, or wait for a kind of entry with when"
        )
    if found.start != "entry":
        message = f"{table.name} comes round by itself, so its clock starts when it does"
        table.notes.value((*table.path, "from"), "no-incident", message, "drop from")
    if found.owed_by.party in vocabulary.OWERS:
        message = f"{table.name} comes round by itself, so there is no {found.owed_by.party}"
        table.notes.value((*table.path, "owed_by"), "no-incident", message, "name a party of the plan")


def _one_of(table: Table, keys: tuple[str, str], hint: str) -> None:
    """Note where not exactly one of two keys is there."""
    given = [key for key in keys if key in table.raw]
    if len(given) == 2:
        message = f"{table.name} has both {keys[0]} and {keys[1]}, and may have one of them"
        table.notes.key((*table.path, keys[1]), "one-of-two", message, hint)
    elif not given:
        table.notes.key(table.path, "missing-key", f"{table.name} lacks {keys[0]}, or {keys[1]}", hint)


def _every(table: Table) -> Every | None:
    words = table.text("every", "")
    if not words.strip():
        return None
    found = read_every(words)
    if found is None:
        message = f"every of {table.name}: {words[:60]!r} never comes round"
        hint = 'write "day at 16:00", "shift", or cron: minute hour day month weekday'
        table.notes.value((*table.path, "every"), "bad-every", message, hint)
    return found


def _within(table: Table) -> ByGravity[Span]:
    written = _by_gravity(table, "within")
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


def _before(table: Table) -> Span | None:
    words = table.text("before", "")
    return table.as_span(words, (*table.path, "before"), "before") if words.strip() else None


def _ladder(table: Table, codes: Codes) -> ByGravity[str]:
    written = _by_gravity(table, "ladder")
    for gravity, code in written.items():
        if not code.strip():
            continue
        path = (*table.path, "ladder") if isinstance(table.raw.get("ladder"), str) else (*table.path, "ladder", gravity)
        table.known(code, codes.ladders, path, "ladder")
    default = written.pop("default", None)
    return ByGravity(written, default)


def _by_gravity(table: Table, key: str) -> dict[str, str]:
    """One text for all, or a table by gravity with a default; nothing where the key is absent."""
    if isinstance(table.raw.get(key), dict):
        inner = table.table(key)
        rows = inner.raw if inner else {}
        for gravity in rows:
            table.known(gravity, (*vocabulary.GRAVITIES, "default"), (*table.path, key, gravity), f"key of {key}")
        if not rows:
            table.notes.value((*table.path, key), "empty", f"{key} of {table.name} is empty", "name a value")
        return {gravity: inner.text(gravity) for gravity in rows} if inner else {}
    if key in table.raw:
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
    return tuple(found)
