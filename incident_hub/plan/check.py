"""What is wrong with a plan that reads well: judged from the file alone, before anybody depends on it. Pure.

The reader has already named every unknown word and missing part; here the parts are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from .contingency import ByGravity, Ladder, Owed, Plan, Rule, Span
from .durations import write_duration
from .faults import Fault
from .positions import Path, Positions, locate
from .reader import read
from .spans import least, write_span
from .vocabulary import GRADES, GRAVITIES, KINDS, NEVER_GRADED

# What a running debt makes the Hub write by itself, and what people write about it: a rule that waits for one of these
# waits for other rules.
_ALWAYS = ("obligation.missed", "obligation.settled", "obligation.acknowledged", "obligation.found_not_applicable")
_WITH_LADDER = "obligation.step_taken"
# Where it stands, which check found it, what is wrong, what to do.
Judgement = tuple[Path, str, str, str]


def examine(text: str) -> tuple[Plan | None, list[Fault]]:
    """Read and check a file in one go: the plan, or None, and every fault in the order of the file."""
    plan, faults = read(text)
    if plan is None:
        return None, faults
    return plan, check(plan, locate(text))


def check(plan: Plan, positions: Positions) -> list[Fault]:
    """Every fault of a plan that could be read, in the order of the file."""
    found = {Fault(*positions.value(path), rule, message, hint) for path, rule, message, hint in _judgements(plan)}
    return sorted(found)


def _judgements(plan: Plan) -> Iterator[Judgement]:
    if plan.extends:
        hint = "copy what it needs from the other plan into this file"
        yield ("plan", "extends"), "extends", "a plan that rests on another cannot be put in force yet", hint
    yield from _grades(plan)
    for number, rule in enumerate(plan.rules):
        yield from _reachable(plan, rule, ("rule", number))
        yield from _gravity(rule.within, ("rule", number, "within"))
        yield from _endings(rule, ("rule", number))
        yield from _manned(plan, rule.owed_by, ("rule", number, "owed_by"))
    yield from _cycles(plan)
    for number, ladder in enumerate(plan.ladders.values()):
        yield from _ladder(plan, ladder, ("ladder", number))


# --- grades -------------------------------------------------------------------------------------------------------


def _grades(plan: Plan) -> Iterator[Judgement]:
    codes = tuple(grade.code for grade in plan.grades)
    for missing in (code for code in GRADES if code not in codes):
        yield ("levels",), "grade-missing", f"the plan does not define grade {missing}", "define I, II, III and IV"
    if codes != tuple(sorted(codes, key=GRADES.index)):
        message = f"the grades stand in the order {', '.join(codes)}"
        yield ("levels", "grade"), "grades-out-of-order", message, "write the gravest first: I, II, III, IV"
    paths: dict[str, Path] = {code: ("levels", "grade", number, "criteria") for number, code in enumerate(codes)}
    yield from _falling({grade.code: grade.criteria for grade in plan.grades}, paths, "grade")
    for number, kind in enumerate(plan.types.values()):
        path: Path = ("type", number, "criteria")
        if kind.category == NEVER_GRADED and kind.criteria:
            message = f"type {kind.code} is social security and is never graded"
            yield path, "never-graded", message, "drop its criteria, or its category is another"
        yield from _falling(kind.criteria, {code: (*path, code) for code in GRADES}, f"type {kind.code}, grade")


def _falling(criteria: Mapping[str, Mapping[str, float]], paths: Mapping[str, Path], what: str) -> Iterator[Judgement]:
    """A graver grade must need more, or the lighter one could never be suggested."""
    least: dict[str, tuple[str, float]] = {}
    for code in (grade for grade in GRADES if grade in criteria):
        for figure, number in criteria[code].items():
            graver, before = least.get(figure, ("", float("inf")))
            if number >= before:
                message = f"{what} {code} needs {figure} {number:.15g}, as many as {graver} or more"
                yield (
                    (*paths[code], figure),
                    "grades-overlap",
                    message,
                    "a lighter grade must begin at a smaller number",
                )
            least[figure] = (code, number)


# --- rules --------------------------------------------------------------------------------------------------------


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
        if settle.kind in rule.when and _overlap(rule.match, settle.match):
            message = f"{settle.kind} both opens rule {rule.code} and settles it"
            hint = "tell the two apart with match; what repeats waits for something else first, and has cadence = true"
            yield (*path, "settled_by", number), "settles-itself", message, hint


def _manned(plan: Plan, owed: Owed, path: Path) -> Iterator[Judgement]:
    """Whether the party has undertaken to man the post that is named."""
    party = plan.parties.get(owed.party)
    if party and owed.post not in party.posts:
        message = f"{owed.party} does not man the post {owed.post}"
        yield path, "post-not-manned", message, f"it mans {', '.join(party.posts)}; add the post there or name another"


def _overlap(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one entry could match both."""
    return all(set(one[name]) & set(other[name]) for name in one.keys() & other.keys())


def _cycles(plan: Plan) -> Iterator[Judgement]:
    """A debt may make the Hub open another one, but never, however far round, one of its own kind again."""
    follows = {rule.code: [other for other in plan.rules if _leads_to(rule, other)] for rule in plan.rules}
    for number, rule in enumerate(plan.rules):
        way = _way_back(rule.code, follows)
        if way:
            message = f"rule {rule.code} opens itself again: {' → '.join(way)}"
            hint = "a rule may not wait for what its own debt brings about; narrow it with match or drop the kind"
            yield ("rule", number, "when"), "cycle", message, hint


def _leads_to(rule: Rule, other: Rule) -> bool:
    brings = (*_ALWAYS, _WITH_LADDER) if rule.ladder.values() else _ALWAYS
    named = other.match.get("rule")
    return any(kind in brings for kind in other.when) and (named is None or rule.code in named)


def _way_back(code: str, follows: Mapping[str, list[Rule]]) -> list[str]:
    """The shortest way from a rule back to itself, or nothing."""
    ways: list[list[str]] = [[code]]
    seen: set[str] = set()
    for way in ways:
        for other in follows[way[-1]]:
            if other.code == code:
                return [*way, code]
            if other.code not in seen:
                seen.add(other.code)
                ways.append([*way, other.code])
    return []


# --- ladders ------------------------------------------------------------------------------------------------------


def _ladder(plan: Plan, ladder: Ladder, path: Path) -> Iterator[Judgement]:
    for number, step in enumerate(ladder.steps):
        here: Path = (*path, "step", number)
        for place, owed in enumerate(step.to):
            yield from _manned(plan, owed, (*here, "to", place))
        if step.repeat is not None and step.up_to is None:
            yield here, "endless-repeat", f"step {number + 1} of {ladder.code} repeats without end", "add up_to"
        if step.repeat is None and step.up_to is not None:
            yield here, "endless-repeat", f"step {number + 1} of {ladder.code} counts but never repeats", "add repeat"
        if step.repeat == timedelta():
            yield here, "endless-repeat", f"step {number + 1} of {ladder.code} repeats at once", "give it a length"
    for within, who in sorted(_used(plan, ladder.code)):
        yield from _steps(ladder, within, who, path)


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
