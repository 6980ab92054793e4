"""Questions about returns; what a desk may not know of is not there."""

from __future__ import annotations

from .digest import digest
from .links import link_shown, links_out, to_invite
from .matrix import Matrix, counted, matrix
from .printing import printed
from .reading import day, known, one, operation_of, owed_by, standing, to_miss, unit_known, units
from .rolling import compiled, level_of, roll_up_known, roll_ups, sent, to_roll_up

__all__ = [
    "Matrix",
    "compiled",
    "counted",
    "day",
    "digest",
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
    "to_invite",
    "to_miss",
    "to_roll_up",
    "unit_known",
    "units",
]
