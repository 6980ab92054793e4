"""What has moved since the last report of the same agency; what it said already is not said again (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incident_hub.plan.words import Words

from .sources import OF_THE_JOURNAL

# What is owed next moves with every report that is sent, so that it has moved is no news.
_NO_NEWS = {"next"}


@dataclass(frozen=True)
class Last:
    """What an agency had told when it last reported.

    Shape: `lines` are what the Hub itself said then, by field, as {zh, en}; `figures` the counts to date, by category;
    `open` the fields of a first report that were still unknown, with the reason.
    """

    cut_off: datetime | None = None
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    figures: Mapping[str, int | None] = field(default_factory=dict[str, int | None])
    open: Mapping[str, str] = field(default_factory=dict[str, str])


def moved(code: str, now: Words | None, last: Last) -> Words | None:
    """The words of a line if they are news; None when the last report said the same."""
    if code in _NO_NEWS:
        return None
    if now is None or code in OF_THE_JOURNAL:
        return now
    before = last.lines.get(code)
    return None if before == {"zh": now.zh, "en": now.en} else now


def counted(
    categories: tuple[str, ...], figures: Mapping[str, Mapping[str, Any]], last: Last, *, only_changes: bool
) -> list[dict[str, Any]]:
    """The counts of a line: this period and to date, each with when it held and who says so.

    Shape: {category, period, to_date, as_of, source, why}. What is not known is None, and never zero; this period is
    what has come since the last report, all of it where there was none.
    """
    rows: list[dict[str, Any]] = []
    for category in categories:
        now = figures.get(category)
        if now is None or (only_changes and category in last.figures and last.figures[category] == now["n"]):
            continue
        rows.append(
            {
                "category": category, "period": _since(now["n"], category, last), "to_date": now["n"],
                "as_of": now["as_of"], "source": now["source"], "why": now["basis"] if now["n"] is None else None,
            }
        )  # fmt: skip
    return rows


def _since(now: int | None, category: str, last: Last) -> int | None:
    if now is None:
        return None
    before = last.figures.get(category, 0)
    return None if before is None else now - before
