"""Whether the grades of a plan, and the types' own numbers, form one falling scale. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incident_hub.plan.contingency import Plan
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
