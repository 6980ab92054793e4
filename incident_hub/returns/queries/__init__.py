"""Questions about returns; what a desk may not know of is not there."""

from __future__ import annotations

from .beside import beside
from .copies import copied
from .digest import digest
from .figure import figure
from .flags import flagged, to_flag
from .knowing import suggested
from .links import link_shown, links_out, to_invite
from .matrix import Matrix, counted, matrix
from .printing import printed
from .reading import day, every_unit, known, one, operation_of, owed_by, standing, to_miss, unit_known, units
from .rolling import compiled, level_of, roll_up_known, roll_ups, sent, to_roll_up

__all__ = [
    "Matrix",
    "beside",
    "compiled",
    "copied",
    "counted",
    "day",
    "digest",
    "every_unit",
    "figure",
    "flagged",
    "known",
    "level_of",
    "link_shown",
    "links_out",
    "matrix",
    "one",
    "operation_of",
    "owed_by",
    "printed",
    "roll_up_known",
    "roll_ups",
    "sent",
    "standing",
    "suggested",
    "to_flag",
    "to_invite",
    "to_miss",
    "to_roll_up",
    "unit_known",
    "units",
]
