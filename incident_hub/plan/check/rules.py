"""Whether each rule can ever open a debt, and the debt can ever end. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incident_hub.plan.contingency import ByGravity, Plan, Rule, Span
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path
from incident_hub.plan.spans import least, write_span
from incident_hub.plan.vocabulary import GRADES, GRAVITIES, KINDS, NEVER_GRADED

_OF_OPERATIONS = ("operation.opened", "operation.phase_changed", "plan.activated")
# By then an incident has been raised, or has gone over to desks that are told only of what was raised.
_NEVER_HEARD = (
    "incident.raised", "incident.imported", "journal.imported", "access.granted", "access.withdrawn",
    "incident.withdrawn", "lead.directed", "lead.offered", "lead.accepted", "lead.declined",
    "lead.withdrawn",
)  # fmt: skip


def judge(plan: Plan) -> Iterator[Judgement]:
    """Rules that nothing triggers, that are slower for the graver, and that end what they begin."""
    for number, rule in enumerate(plan.rules):
        yield from _reachable(plan, rule, ("rule", number))
        yield from _gravity(rule.within, ("rule", number, "within"))
        yield from _endings(rule, ("rule", number))
        yield from _in_time(plan, rule, ("rule", number))
        yield from _heard(rule, ("rule", number))


def _reachable(plan: Plan, rule: Rule, path: Path) -> Iterator[Judgement]:
    """Whether some fact can ever make the rule open a debt."""
    if rule.every is None and not any(kind in KINDS for kind in rule.when):
        yield (*path, "when"), "never-triggered", f"nothing ever opens rule {rule.code}", "wait for a known kind"
    kinds = [plan.types[code] for code in rule.types if code in plan.types] if rule.types else [*plan.types.values()]
    if rule.categories:
        kinds = [kind for kind in kinds if kind.category in rule.categories]
        if not kinds:
            message = f"no type of rule {rule.code} is of its categories"
            yield (*path, "categories"), "never-triggered", message, "drop one of the two conditions, or mend it"
            return
    if kinds and rule.life_safety is not None and all(kind.life_safety != rule.life_safety for kind in kinds):
        message = f"rule {rule.code} wants life_safety {str(rule.life_safety).lower()}, and none of its types has it"
        yield (*path, "life_safety"), "never-triggered", message, "drop the condition, or mend its types"
    if rule.phases and set(rule.phases) <= {"archived"}:
        message = f"rule {rule.code} holds only in an archived operation, where nothing happens any more"
        yield (*path, "phases"), "never-triggered", message, "name a phase in which people work"
    graded = [grade for grade in rule.grades if grade in GRADES]
    if kinds and graded == list(rule.grades) and graded and all(kind.category == NEVER_GRADED for kind in kinds):
        message = f"rule {rule.code} waits for a grade, and its types are never graded"
        yield (*path, "grades"), "never-triggered", message, 'add "ungraded", or drop grades'


def _gravity(within: ByGravity[Span], path: Path) -> Iterator[Judgement]:
    """Graver may never mean slower."""
    graver: tuple[str, Span] | None = None
    for gravity in (key for key in GRAVITIES if key in within.table and key != "ungraded"):
        span = within.table[gravity]
        if graver and least(span) < least(graver[1]):
            message = f"{gravity} has {write_span(span)}, less than {graver[0]} with {write_span(graver[1])}"
            yield (*path, gravity), "graver-is-slower", message, "give the graver one the shorter time"
        graver = (gravity, max(span, graver[1], key=least) if graver else span)


def _endings(rule: Rule, path: Path) -> Iterator[Judgement]:
    if rule.force == "law" and rule.ended_by:
        message = f"rule {rule.code} is law, and a law's clock ends only by being met or found not applicable"
        yield (*path, "ended_by"), "law-ends", message, "drop ended_by"
    for number, settle in enumerate(() if rule.cadence else rule.settled_by):
        if settle.kind.startswith("obligation."):
            # Such an entry names the one debt it speaks of, which cannot be the one it opens.
            continue
        if settle.kind in rule.when and overlap(rule.match, settle.match):
            message = f"{settle.kind} both opens rule {rule.code} and settles it"
            hint = "tell the two apart with match; what repeats waits for something else first, and has cadence = true"
            yield (*path, "settled_by", number), "settles-itself", message, hint


def _in_time(plan: Plan, rule: Rule, path: Path) -> Iterator[Judgement]:
    """Whether there is a time in which the rule can hold."""
    if rule.sensitive and not plan.periods:
        message = f"rule {rule.code} waits for a sensitive period, and the plan has none"
        yield (*path, "sensitive"), "no-period", message, "add a [[period]], or drop the condition"
    if rule.window is not None and (rule.start == "planned_at" or all(kind in _OF_OPERATIONS for kind in rule.when)):
        message = f"the window of rule {rule.code} counts from when something occurred, and nothing has"
        yield (*path, "window"), "window-without-occurrence", message, "drop the window"


def _heard(rule: Rule, path: Path) -> Iterator[Judgement]:
    """What is only heard is known to one desk, and is raised or dropped; nothing else happens to it."""
    if not rule.heard:
        return
    never = [kind for kind in rule.when if kind in _NEVER_HEARD]
    if never and len(never) == len(rule.when):
        message = f"rule {rule.code} is for what is only heard, and {', '.join(never)} comes after that"
        yield (*path, "when"), "heard-never", message, 'wait for "incident.opened"'
    if rule.when == ("incident.status_changed",) and "to" in rule.match and "heard" not in rule.match["to"]:
        message = f"rule {rule.code} is for what is only heard, and waits until it no longer is"
        yield (*path, "match", "to"), "heard-never", message, 'wait for "incident.opened"'


def overlap(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one entry could match both."""
    return all(set(one[name]) & set(other[name]) for name in one.keys() & other.keys())
