"""Questions about returns; what a desk may not know of is not there."""

from __future__ import annotations

from .digest import digest
from .matrix import Matrix, counted, matrix
from .reading import day, known, one, operation_of, owed_by, standing, to_miss, unit_known, units

__all__ = [
    "Matrix",
    "counted",
    "day",
    "digest",
    "known",
    "matrix",
    "one",
    "operation_of",
    "owed_by",
    "standing",
    "to_miss",
    "unit_known",
    "units",
]
