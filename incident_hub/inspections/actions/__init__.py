"""The verbs of a visit. An answer is kept at once and is no entry; the conclusion states them all."""

from __future__ import annotations

from .beginning import Planned, begin
from .closing import conclude, refuse, sign
from .writing import answer, find, photograph, raise_hazard

__all__ = ["Planned", "answer", "begin", "conclude", "find", "photograph", "raise_hazard", "refuse", "sign"]
