"""Whether the grades of a plan, and the types' own numbers, form one falling scale. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incident_hub.plan.contingency import IncidentType, Plan
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path
from incident_hub.plan.vocabulary import GRADES, NEVER_GRADED


def judge(plan: Plan) -> Iterator[Judgement]:
    """Grades that are missing, out of order, or that overlap."""
    codes = tuple(grade.code for grade in plan.grades)
    for missing in (code for code in GRADES if code not in codes):
        yield ("levels",), "grade-missing", f"the plan does not define grade {missing}", "define I, II, III and IV"
    if codes != tuple(sorted(codes, key=GRADES.index)):
        message = f"the grades stand in the order {', '.join(codes)}"
        yield ("levels", "grade"), "grades-out-of-order", message, "write the gravest first: I, II, III, IV"
    paths: dict[str, Path] = {code: ("levels", "grade", number, "criteria") for number, code in enumerate(codes)}
    yield from _falling({grade.code: grade.criteria for grade in plan.grades}, paths, "grade")
    yield from _gaps({grade.code: grade.criteria for grade in plan.grades}, paths, "grade")
    for number, kind in enumerate(plan.types.values()):
        path: Path = ("type", number, "criteria")
        if kind.category == NEVER_GRADED and kind.criteria:
            message = f"type {kind.code} is social security and is never graded"
            yield path, "never-graded", message, "drop its criteria, or its category is another"
        below: dict[str, Path] = {code: (*path, code) for code in GRADES}
        yield from _falling(kind.criteria, below, f"type {kind.code}, grade")
        yield from _gaps(kind.criteria, below, f"type {kind.code}, grade")
        yield from _idle(plan, kind, below)


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


def _gaps(criteria: Mapping[str, Mapping[str, float]], paths: Mapping[str, Path], what: str) -> Iterator[Judgement]:
    """A figure that reaches a graver and a lighter grade reaches those in between."""
    graded = [code for code in GRADES if code in criteria]
    for figure in dict.fromkeys(figure for code in graded for figure in criteria[code]):
        having = [place for place, code in enumerate(graded) if figure in criteria[code]]
        for place in range(having[0], having[-1]):
            if place not in having:
                message = f"{what} {graded[place]} says nothing of {figure}, and the grades above and below it do"
                yield paths[graded[place]], "grade-gap", message, f"write the {figure} that reach it"
    # A type may leave out a whole grade between two; then every figure of both has the same gap.
    known = [GRADES.index(code) for code in graded]
    for code in (code for code in GRADES if known and code not in graded and known[0] < GRADES.index(code) < known[-1]):
        message = f"{what} {code} has no numbers, and the grades above and below it do"
        yield paths.get(code, ("levels",)), "grade-gap", message, "write what reaches it"


def _idle(plan: Plan, kind: IncidentType, paths: Mapping[str, Path]) -> Iterator[Judgement]:
    """One criterion is enough, so a type's own number counts only where it is lower than everybody's."""
    for grade in plan.grades:
        for figure, number in kind.criteria.get(grade.code, {}).items():
            if number >= grade.criteria.get(figure, float("inf")):
                message = f"type {kind.code} reaches grade {grade.code} with {figure} {number:.15g}, as every type does"
                hint = "a type's own number must be lower than the plan's, or it never decides"
                yield (*paths[grade.code], figure), "criteria-idle", message, hint
