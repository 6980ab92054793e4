"""What a return left open: each number that is not known yet, by when it is expected, and when it came. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Version:
    """One version of a return, as far as it leaves something open.

    Shape: `unknown` says by category when its number is expected. Units: aware UTC.
    """

    unknown: Mapping[str, datetime]
    stated_at: datetime


@dataclass(frozen=True)
class Promise:
    """A number that somebody said would come. Shape: `kept_at` is None while it has not."""

    category: str
    expected_by: datetime
    kept_at: datetime | None


def promises(versions: Sequence[Version]) -> list[Promise]:
    """Every number that was ever left open, by the versions in their order.

    What was first said to be expected stands: saying later that it will be later moves nothing.
    """
    still: dict[str, datetime] = {}
    found: list[Promise] = []
    for version in versions:
        came = [category for category in still if category not in version.unknown]
        found += [Promise(category, still.pop(category), version.stated_at) for category in came]
        for category, expected_by in version.unknown.items():
            still.setdefault(category, expected_by)
    return [*found, *(Promise(category, expected_by, None) for category, expected_by in still.items())]


def kept_at(group: Sequence[Promise]) -> datetime | None:
    """When the last of several promises was kept; None while one is not."""
    instants = [one.kept_at for one in group if one.kept_at]
    return max(instants) if instants and len(instants) == len(group) else None
