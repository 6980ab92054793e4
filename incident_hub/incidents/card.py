"""The card: the incident as every desk with access sees it, byte for byte the same (pure; rulings 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from .lifecycle import ENDED


def on_board(status: str) -> bool:
    """Whether an incident of this status hangs on the board (rulings 21)."""
    return status not in ENDED


def newest_figures(figures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One figure a category: the official one if there is one, otherwise the newest.

    Shape: figures in the order they were stated; `differs` says whether a later statement disagrees.
    """
    shown: dict[str, Any] = {}
    for figure in figures:
        name = figure["category"]
        held = shown.get(name)
        if held is None or not held["official"] or figure["official"]:
            shown[name] = {key: figure[key] for key in ("n", "as_of", "source", "official")} | {"differs": False}
        elif held["n"] != figure["n"]:
            held["differs"] = True
    return shown


def build(
    fields: Mapping[str, Any],
    circle: list[dict[str, Any]],
    figures: Mapping[str, Any],
    taken: list[dict[str, Any]],
    debts: Mapping[str, Any],
    version: int,
    updated_at: datetime,
) -> dict[str, Any]:
    """The card from its parts; nothing in it depends on who reads it or on the reader's clock."""
    known = sorted(fields["known_at"].values())
    return {
        **{name: fields[name] for name in _PLAIN},
        "response_level": None,
        "known_at": known[0] if known else fields["created_at"],
        "access": circle,
        "figures": dict(figures),
        "taken": taken,
        "obligations": {name: debts[name] for name in ("open", "late", "next_due_at")},
        "unanswered": debts["unanswered"],
        "version": version,
        "updated_at": updated_at,
    }


_PLAIN = (
    "ref", "operation", "type", "title", "summary", "category", "grade", "status", "verification", "attention",
    "life_safety", "lead", "tlp", "site", "place", "occurred_at", "occurred_about", "discovered_at",
    "planned_at", "created_at", "exercise",
)  # fmt: skip
