"""Shapes of answers about the signed marks of a record."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired

from typing_extensions import TypedDict


class WitnessOut(TypedDict):
    """Another agency's signature under a mark."""

    agency: str
    at: datetime
    key: str
    signature: str


class AnchorOut(TypedDict):
    """A signed mark of the record: when it was made and what came before it, and nothing of what happened."""

    format: str
    operation: str
    at: datetime
    mark: str
    prev: str
    key: str
    signature: str
    exercise: NotRequired[Literal[True]]
    witnesses: list[WitnessOut]


class WitnessedOut(TypedDict):
    """Which mark was witnessed, by whom."""

    mark: str
    agency: str


class HeadOut(TypedDict):
    """The signed head of the asker's own feed."""

    format: str
    operation: str
    desk: str
    position: int
    hash: str
    key: str
    signature: str
