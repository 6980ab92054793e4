"""What one rule promises less of than the rule of its code in the parent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import product
from typing import Any

from incident_hub.plan.contingency import Every, Rule, Settle, Span
from incident_hub.plan.spans import least, write_span
from incident_hub.plan.vocabulary import ATTENTIONS, FORCES, GRADES

# The earlier a clock starts, the tighter it is; what is planned lies on a line of its own.
_EARLIER = ("occurred_at", "discovered_at", "known_at", "entry")
_CONDITIONS = ("types", "categories", "grades", "phases", "attention", "by", "periods")
# Every way an incident can be grave: what a limit by gravity is asked with.
FACTS: tuple[Mapping[str, Any], ...] = tuple(
    {"grade": grade, "attention": attention, "life_safety": life}
    for life, attention, grade in product((True, False), (*ATTENTIONS, None), (*GRADES, None))
)
# The key of the rule that loosens, and how.
Loosening = tuple[str, str]


def loosened(parent: Rule, child: Rule) -> Iterator[Loosening]:
    """Every promise of the parent's rule that the child's does not keep."""
    if FORCES.index(child.force) > FORCES.index(parent.force):
        yield "force", f"its force was {parent.force} and is now {child.force}"
    if child.owed_by != parent.owed_by:
        was, now = parent.owed_by, child.owed_by
        yield "owed_by", f"owed by {was.post} of {was.party}, and now by {now.post} of {now.party}"
    yield from _opens(parent, child)
    yield from _narrower(parent, child)
    yield from _limits(parent, child)
    yield from _ends(parent, child)


def _opens(parent: Rule, child: Rule) -> Iterator[Loosening]:
    missing = [kind for kind in parent.when if kind not in child.when]
    if missing:
        yield "when", f"no longer waits for {', '.join(missing)}"
    if parent.every is not None and not _as_often(parent.every, child.every):
        yield "every", "does not come round as early and as often as it did"
    if parent.outlives and not child.outlives:
        yield "outlives", "ends with the incident, and did not"
    if parent.each != child.each:
        yield "each", "tells other debts apart than it did"
    if parent.cadence and not child.cadence:
        yield "cadence", "no longer repeats"
    if child.window is not None and (parent.window is None or child.window < parent.window):
        yield "window", "opens for a shorter time after the occurrence"
    dropped = [kind for kind in parent.tightened_by if kind not in child.tightened_by]
    if dropped:
        yield "tightened_by", f"is no longer tightened by {', '.join(dropped)}"


def _as_often(parent: Every, child: Every | None) -> bool:
    if child is None:
        return False
    return child == parent or (parent.at is not None and child.at is not None and child.at <= parent.at)


def _narrower(parent: Rule, child: Rule) -> Iterator[Loosening]:
    for key in _CONDITIONS:
        before, now = getattr(parent, key), getattr(child, key)
        if now and not before:
            yield key, f"held for all {key}, and now for {', '.join(now)} alone"
        elif now and not set(before) <= set(now):
            yield key, f"no longer holds for {', '.join(one for one in before if one not in now)}"
    for key in ("life_safety", "sensitive"):
        if getattr(child, key) is not None and getattr(child, key) != getattr(parent, key):
            yield key, f"holds only where {key} is {str(getattr(child, key)).lower()}"
    if parent.heard != child.heard:
        yield "heard", "speaks of other incidents: heard and reported are two different things"
    if not _as_wide(parent.match, child.match):
        yield "match", "matches fewer entries"


def _as_wide(parent: Mapping[str, tuple[str, ...]], child: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether whatever the parent matches, the child matches too."""
    return all(name in parent and set(parent[name]) <= set(words) for name, words in child.items())


def _limits(parent: Rule, child: Rule) -> Iterator[Loosening]:
    if parent.before is not None and (child.before is None or least(child.before) < least(parent.before)):
        yield "before", f"was owed {write_span(parent.before)} ahead, and is now owed later"
    if child.start != parent.start and not _starts_earlier(parent.start, child.start):
        yield "from", f"its clock started at {parent.start}, and now at {child.start}"
    for facts in FACTS:
        before, now = parent.within.of(facts), child.within.of(facts)
        if before and not (now and no_longer(before, now)):
            given = write_span(now) if now else "no limit"
            yield "within", f"{spoken(facts)}: {write_span(before)} became {given}"
            return


def _starts_earlier(before: str, now: str) -> bool:
    return before in _EARLIER and now in _EARLIER and _EARLIER.index(now) <= _EARLIER.index(before)


def no_longer(before: Span, now: Span) -> bool:
    """Whether one span can never end after another. Working days may be stretched by holidays, hours never are."""
    if now.working_days and before.working_days:
        return now.working_days <= before.working_days
    if now.working_days:
        return False
    return now.length <= (before.length or timedelta(days=before.working_days))


def spoken(facts: Mapping[str, Any]) -> str:
    """The gravity of an incident in few words."""
    grade = f"grade {facts['grade']}" if facts["grade"] else "ungraded"
    attention = f", attention {facts['attention']}" if facts["attention"] else ""
    return f"{grade}{attention}{', life safety' if facts['life_safety'] else ''}"


def _ends(parent: Rule, child: Rule) -> Iterator[Loosening]:
    for key in ("settled_by", "ended_by"):
        wider = [settle.kind for settle in getattr(child, key) if not _covered(settle, getattr(parent, key))]
        if wider:
            yield key, f"is met or ended by more than it was: {', '.join(wider)}"
    if child.pre_report and not parent.pre_report:
        yield "pre_report", "takes an incomplete report where a whole one was owed"
    if parent.target and not child.target:
        yield "target", "no longer says that it is wanted at once"


def _covered(settle: Settle, known: tuple[Settle, ...]) -> bool:
    return any(
        one.kind == settle.kind and one.by in (settle.by, "anyone") and _as_wide(settle.match, one.match)
        for one in known
    )
