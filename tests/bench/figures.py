"""Figures as they are told: percentiles, one table, one file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def in_ms(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and worst of durations, in milliseconds."""
    named = {"p50": 0.5, "p99": 0.99, "worst": 1.0}
    return {name: round(percentile(seconds, share) * 1000, 1) for name, share in named.items()}


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows with the same names as a Markdown table."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *[[str(row[name]) for name in names] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
