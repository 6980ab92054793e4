"""A report laid out for paper: from its lines to the customary form, in one language (pure).

Shape: what `incident_hub.paper.forms.report` takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from incident_hub.plan.words import Words

from .fields import FIELDS
from .wording import FIGURE, hour, said

UNKNOWN = Words("暂不清楚", "Not known yet")


def laid(lines: Sequence[Mapping[str, Any]], lang: str, zone: str) -> dict[str, Any]:
    """The parts of the form that are made of lines: basics, account, figures, measures, outlook, requests."""
    made: dict[str, Any] = {
        "fields": [[_title(one, lang), _said(one, lang)] for one in _of(lines, "basics")],
        "account": _told(_of(lines, "account"), lang, bare="course"),
        "figures": [row for one in _of(lines, "figures") for row in _counts(one, lang, zone)],
        "measures": [step for one in _of(lines, "measures") for step in _said(one, lang).split("\n") if step],
        "outlook": _told(_of(lines, "outlook"), lang),
        "requests": _told(_of(lines, "requests"), lang, bare="requests"),
    }
    return {name: part for name, part in made.items() if part}


def as_shown(lines: Sequence[Mapping[str, Any]], lang: str, zone: str) -> list[dict[str, Any]]:
    """Lines for a page: each with its words in one language and its counts ready to be read."""
    return [
        dict(one) | {
            "title": _title(one, lang), "value": one["value"] and _words(one["value"], lang),
            "rows": _counts(one, lang, zone) if one["rows"] else [],
        }
        for one in lines
    ]  # fmt: skip


def _of(lines: Sequence[Mapping[str, Any]], group: str) -> list[Mapping[str, Any]]:
    return [one for one in lines if one["group"] == group]


def _title(one: Mapping[str, Any], lang: str) -> str:
    return FIELDS[one["code"]].title.of(lang) if one["code"] in FIELDS else _words(one["title"], lang)


def _words(both: Mapping[str, str], lang: str) -> str:
    return both["zh"] if lang.startswith("zh") else both["en"]


def _said(one: Mapping[str, Any], lang: str) -> str:
    if one["unknown"]:
        return f"{UNKNOWN.of(lang)}{'：' if lang.startswith('zh') else ': '}{one['unknown']}"
    return _words(one["value"], lang) if one["value"] else ""


def _told(lines: Sequence[Mapping[str, Any]], lang: str, bare: str = "") -> str:
    """Paragraphs, each under its title but the one that the heading names already."""
    colon = "：" if lang.startswith("zh") else ": "
    return "\n".join(
        _said(one, lang) if one["code"] == bare else f"{_title(one, lang)}{colon}{_said(one, lang)}" for one in lines
    )


def _counts(one: Mapping[str, Any], lang: str, zone: str) -> list[dict[str, Any]]:
    if not one["rows"]:
        nothing = {"title": _title(one, lang), "period": None, "to_date": None, "as_of": None, "source": None}
        return [nothing | {"why": _said(one, lang)}]
    return [
        {
            "title": said(FIGURE, row["category"]).of(lang), "period": row["period"], "to_date": row["to_date"],
            "as_of": hour(_instant(row["as_of"]), zone), "source": row["source"], "why": row["why"],
        }
        for row in one["rows"]
    ]  # fmt: skip


def _instant(at: Any) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
