"""How a briefing is said: in one language, with every instant on the operation's wall clock (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Both = tuple[str, str]
# What paper and page alike show: {heading?, note?} and one of fields, table, items or text (see `paper`).
Block = dict[str, Any]

FIGURES: Mapping[str, Both] = {
    "deaths": ("死亡", "deaths"),
    "injured": ("受伤", "injured"),
    "missing": ("失踪", "missing"),
    "trapped": ("被困", "trapped"),
    "evacuated": ("疏散", "evacuated"),
    "items": ("件数", "items"),
    "hours": ("小时数", "hours"),
    "loss": ("损失（元）", "loss (yuan)"),
    "records": ("条数", "records"),
}


@dataclass(frozen=True)
class Reader:
    """Whom it is read to. Shape: `lang` is zh or en; `types`, `rules`, `agencies` are titles by code."""

    lang: str
    zone: str
    types: Mapping[str, str]
    rules: Mapping[str, str]
    agencies: Mapping[str, str]

    def pick(self, zh: str, en: str) -> str:
        """One of two languages."""
        return zh if self.lang == "zh" else en

    def wall(self, at: datetime | str | None) -> str:
        """An instant as people say it; a dash where there is none."""
        if at is None:
            return "—"
        found = datetime.fromisoformat(at) if isinstance(at, str) else at
        return f"{found.astimezone(ZoneInfo(self.zone)):%m-%d %H:%M}"

    def table(
        self, heading: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, total: Sequence[Any] = (),
        note: str = "", wide: int = -1,
    ) -> Block:  # fmt: skip
        """A table whose columns of numbers stand to the right, and one of whose columns may be wide."""
        told: list[str | dict[str, Any]] = []
        for number, title in enumerate(columns):
            counts = bool(rows) and all(isinstance(row[number], int) for row in rows)
            as_number = {"title": title, "align": "right", "share": 0.7}
            told.append(as_number if counts else {"title": title, "share": 2.2} if number == wide else title)
        shown = [["" if cell is None else str(cell) for cell in row] for row in (*rows, *([total] if total else []))]
        table = {"columns": told, "rows": shown[: len(rows)], "total": shown[-1] if total else None}
        return {"heading": heading or None, "note": note or None, "table": table}
