"""A plan that rests on another: the child's file laid over its parent's, part by part. Pure.

What the child leaves out stands as it is in the parent. A party, type, rule, ladder, period or class of retention with
a code of the parent's replaces it whole; a new code is added. Any other table, like [calendar] or [zero_report],
replaces the parent's whole. Whether that loosens anything is judged afterwards (`loosening`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from .positions import Path, Place, Positions, locate

# How many plans may rest on each other.
LONGEST_LINE = 5
# Each file says its own; everything else in [plan] is inherited word by word.
_OWN = ("code", "version", "extends")


def rests_on(text: str) -> str | None:
    """The file a plan says that it extends; None where it says nothing, or cannot be read."""
    try:
        return named(tomllib.loads(text))
    except (ValueError, RecursionError):
        return None


def named(raw: Mapping[str, Any]) -> str | None:
    """The file that an accepted text says it extends."""
    head = raw.get("plan")
    found = head.get("extends") if isinstance(head, dict) else None
    return found if isinstance(found, str) and found.strip() else None


def laid_over(text: str, parents: Sequence[str]) -> tuple[dict[str, Any], Positions]:
    """The whole of a plan as one file would say it, and where in the child's text each part of it stands.

    Shape: `parents` are the texts it rests on, the nearest first, all of them TOML. What comes from a parent stands
    where the child says that it extends it.
    """
    child, positions = tomllib.loads(text), locate(text)
    if not parents:
        return child, positions
    parent, _ = laid_over(parents[0], parents[1:])
    return _merged(parent, child, positions, positions.value(("plan", "extends")))


def _merged(
    parent: Mapping[str, Any], child: Mapping[str, Any], positions: Positions, inherited: Place
) -> tuple[dict[str, Any], Positions]:
    whole: dict[str, Any] = {}
    moved: dict[Path, Path] = {}
    for part in [*parent, *(part for part in child if part not in parent)]:
        theirs, ours = parent.get(part), child.get(part)
        if part == "plan" and isinstance(theirs, dict) and isinstance(ours, dict):
            whole[part] = {key: value for key, value in theirs.items() if key not in _OWN} | ours
        elif _coded(theirs) and (part not in child or _rows(ours)):
            rows, places = _rows_of(theirs if isinstance(theirs, list) else [], ours if isinstance(ours, list) else [])
            whole[part] = rows
            moved |= {(part, old): (part, new) for old, new in places.items()}
        else:
            whole[part] = ours if part in child else theirs
    return whole, _shifted(positions, moved, whole, child, inherited)


def _rows_of(theirs: Sequence[Any], ours: Sequence[Any]) -> tuple[list[Any], dict[int, int]]:
    """The parent's rows with the child's in their place or behind them; and where each of the child's went."""
    rows = [*theirs]
    codes = {row["code"]: number for number, row in enumerate(theirs) if isinstance(row.get("code"), str)}
    places: dict[int, int] = {}
    for old, row in enumerate(ours):
        code = row.get("code")
        # The second of two rows with one code is left for the reader to name.
        number = codes.pop(code, None) if isinstance(code, str) else None
        if number is None:
            places[old] = len(rows)
            rows.append(row)
        else:
            places[old] = number
            rows[number] = row
    return rows, places


def _shifted(
    positions: Positions, moved: Mapping[Path, Path], whole: Mapping[str, Any], child: Mapping[str, Any], place: Place
) -> Positions:
    """The child's places under the numbers its rows have in the whole; all else stands where the parent is named."""
    shifted = Positions()
    for part, found in whole.items():
        if part not in child:
            shifted.keys[(part,)] = place
        for number in range(len(found) if isinstance(found, list) else 0):
            shifted.keys[(part, number)] = place
    for known, kept in ((positions.keys, shifted.keys), (positions.values, shifted.values)):
        for path, where in known.items():
            kept[(*moved.get(path[:2], path[:2]), *path[2:])] = where
    return shifted


def _coded(found: Any) -> bool:
    """Whether a part is a list of things that each have a code."""
    return _rows(found) and bool(found) and all("code" in row for row in found)


def _rows(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(row, dict) for row in found)
