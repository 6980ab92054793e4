"""Which grade the figures of an incident suggest; a person still decides it. Pure.

Source: State Council Order 493 Art. 3 (any one criterion is enough, the worst counts); Emergency Response Law Art. 3.
"""

from __future__ import annotations

from collections.abc import Mapping

from .contingency import Plan
from .vocabulary import NEVER_GRADED


def suggest_grade(
    plan: Plan, figures: Mapping[str, float | None], incident_type: str | None = None
) -> tuple[str | None, str | None]:
    """The worst grade whose criterion a figure reaches, and that criterion (`deaths>=3`); nothing where none does.

    Shape: a figure that is not known is None and reaches nothing. Social-security types are never graded.
    """
    kind = plan.types.get(incident_type) if incident_type else None
    if kind is not None and kind.category == NEVER_GRADED:
        return None, None
    for grade in plan.grades:
        own = kind.criteria.get(grade.code, {}) if kind else {}
        for figure, least in (*grade.criteria.items(), *own.items()):
            number = figures.get(figure)
            if number is not None and number >= least:
                return grade.code, f"{figure}>={least:.15g}"
    return None, None
