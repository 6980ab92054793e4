"""A sheet: what a room hands over to be printed, read strictly and made inert before anything is set (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.text import canonical, read_instant, sha256

from .words import WORDS

# Enough for a thousand units by ten columns; more is a spreadsheet and no paper.
MOST_WORDS = 2_000_000
MOST_CELLS = 40_000
# Characters that turn the direction of a line, break it unseen or show nothing at all; tabs and line ends are kept.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LONE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_KEYS = {
    "lang", "agency", "title", "at", "subtitle", "number", "issued", "cut_off", "zone", "urgency", "tlp", "exercise",
    "sections", "signatures", "sent_to", "copied_to", "seal", "sha256", "record_mark", "landscape",
}  # fmt: skip
_BODIES = ("fields", "text", "table", "items")


@dataclass
class _Measure:
    """How much has been read so far; too much is refused before anything is set."""

    words: int = 0
    cells: int = 0
    kept: list[str] = field(default_factory=list[str])

    def text(self, value: Any) -> str:
        """One value as inert text; what is not known is a dash."""
        words = "—" if value is None or value == "" else inert(str(value))
        self.words += len(words)
        self.cells += 1
        if self.words > MOST_WORDS or self.cells > MOST_CELLS:
            raise Conflict("This is too much for paper; take the spreadsheet, or ask for less at a time.")
        return words


def laid(values: Mapping[str, Any]) -> dict[str, Any]:
    """The sheet as every template reads it: every key there, every value text, and the integrity code of it all.

    Raises: ValueError when a key is unknown or one that must be there is not; Conflict when it is too much for paper.
    """
    if unknown := values.keys() - _KEYS:
        raise ValueError(f"a sheet has no {', '.join(sorted(unknown))}")
    if missing := {"lang", "agency", "title", "at"} - values.keys():
        raise ValueError(f"a sheet needs {', '.join(sorted(missing))}")
    size = _Measure()
    lang = "zh" if str(values["lang"]).startswith("zh") else "en"
    words = WORDS[lang]
    at = read_instant(str(values["at"]))
    sheet: dict[str, Any] = {
        "lang": lang,
        "at": at.isoformat(),
        **{name: size.text(values[name]) for name in ("agency", "title")},
        **{name: _or_none(values, name, size) for name in ("subtitle", "number", "issued", "cut_off", "zone")},
        **{name: _or_none(values, name, size) for name in ("urgency", "tlp", "record_mark")},
        **{name: bool(values.get(name)) for name in ("exercise", "seal", "landscape")},
        **{name: [size.text(one) for one in values.get(name) or ()] for name in ("sent_to", "copied_to")},
        "sections": [_section(one, size, words) for one in values.get("sections") or ()],
        "signatures": [_row(one, 3, size) for one in values.get("signatures") or ()],
    }
    sheet["code"] = str(values.get("sha256") or sha256(canonical(sheet)))[:16]
    return {**sheet, "words": {**words, "zone": words["zone"].format(zone=sheet["zone"] or "UTC")}}


def made_at(sheet: Mapping[str, Any]) -> datetime:
    """When a sheet says it was made, to the second; the date of its file, so the same values are the same bytes."""
    return datetime.fromisoformat(sheet["at"]).replace(microsecond=0)


def inert(words: str) -> str:
    """A text without what cannot be seen and changes what is, and without characters that no file can hold."""
    return _LONE.sub("�", _UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))).strip("\n")


def _or_none(values: Mapping[str, Any], name: str, size: _Measure) -> str | None:
    return size.text(values[name]) if values.get(name) else None


def _section(given: Mapping[str, Any], size: _Measure, words: Mapping[str, str]) -> dict[str, Any]:
    bodies = [name for name in _BODIES if name in given]
    if len(bodies) != 1 or given.keys() - {*_BODIES, "heading", "note"}:
        raise ValueError(f"a section is a heading, a note and one of {', '.join(_BODIES)}; this has {sorted(given)}")
    (kind,) = bodies
    section: dict[str, Any] = {name: _or_none(given, name, size) for name in ("heading", "note")}
    body = given[kind]
    if kind == "fields":
        return {**section, "kind": kind, "fields": [_row(one, 2, size) for one in body]}
    if kind == "text":
        lines = [one.strip() for one in size.text(body).split("\n")]
        return {**section, "kind": kind, "lines": [one for one in lines if one]}
    if kind == "items":
        return {**section, "kind": kind, "items": [size.text(one) for one in body] or [words["nothing"]]}
    return {**section, "kind": kind, **_table(body, size, words)}


def _table(given: Mapping[str, Any], size: _Measure, words: Mapping[str, str]) -> dict[str, Any]:
    if given.keys() - {"columns", "rows", "total"}:
        raise ValueError(f"a table is columns, rows and a total; this has {sorted(given)}")
    columns = [_column(one, size) for one in given["columns"]]
    rows = [_row(one, len(columns), size) for one in given["rows"]]
    total = _row(given["total"], len(columns), size) if given.get("total") else None
    if not columns:
        raise ValueError("a table needs a column")
    return {"columns": columns, "rows": rows or [[words["nothing"], *["—"] * (len(columns) - 1)]], "total": total}


def _column(given: str | Mapping[str, Any], size: _Measure) -> dict[str, Any]:
    column: Mapping[str, Any] = {"title": given} if isinstance(given, str) else given
    align = str(column.get("align", "left"))
    if align not in {"left", "right", "center"}:
        raise ValueError(f"a column stands left, right or center, not {align}")
    return {"title": size.text(column["title"]), "align": align, "share": max(0.2, float(column.get("share", 1)))}


def _row(given: Iterable[Any], width: int, size: _Measure) -> list[str]:
    cells = cast("Sequence[Any]", given if isinstance(given, list | tuple) else list(given))
    if isinstance(given, str) or len(cells) != width:
        raise ValueError(f"a row here has {width} cells, not {len(cells)}")
    return [size.text(one) for one in cells]
