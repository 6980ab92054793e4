"""A report compiled: every line from what is known or was typed, what is unknown named with its reason (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from incident_hub.kernel.saying import say, say_both
from incident_hub.plan.words import Words

from .changes import Last, counted, moved
from .fields import Asked, Form
from .sources import SOURCES, Known

COMPLETE, PRE_REPORT = "complete", "pre_report"
Typed = Mapping[str, Mapping[str, str]]
Line = dict[str, Any]


@dataclass(frozen=True)
class Compiled:
    """A report as it reads now.

    Shape: `lines` are all the form asks for, in its order: {code, title, group, needed, from, value, rows, unknown,
    carried}; `facts` is what the Hub itself knew, for the next report to be held against.
    """

    form: Form
    lines: Sequence[Line]
    facts: Mapping[str, Any]

    @property
    def content(self) -> list[Line]:
        """The lines that say something; only these are sent."""
        return [one for one in self.lines if one["value"] or one["rows"] or one["unknown"]]

    @property
    def unknown(self) -> dict[str, str]:
        """The needed lines that are unknown, with the reason; a count that is not known is one."""
        needed = [one for one in self.lines if one["needed"]]
        return {one["code"]: reason for one in needed if (reason := _unknown(one)) is not None}


def compiled(form: Form, known: Known, typed: Typed, last: Last | None) -> Compiled:
    """Compile a report. Shape: `typed` by field is {value} or {unknown: reason}; `last` None where it is the first."""
    before = last or Last()
    since = before.cut_off if form.of_period and last else None
    lines = [_line(asked, form, known, typed.get(asked.field.code, {}), before, since) for asked in form.asks]
    said = {name: tell(known, None) for name, tell in SOURCES.items()}
    facts = {
        "lines": {name: _both(words) for name, words in said.items() if words},
        "figures": {category: one["n"] for category, one in known.figures.items()},
    }
    return Compiled(form, lines, facts)


def blank(report: Compiled) -> list[dict[str, str]]:
    """What stops a report from being signed: needed lines that say nothing, by pointer; empty when it may be.

    A form of what is known, as the final report is, takes no "unknown" for an answer.
    """
    found: list[dict[str, str]] = []
    for one in report.lines:
        pointer, title = f"/content/{one['code']}", say_both(one["title"]["en"], one["title"]["zh"])
        if not one["needed"]:
            continue
        if not (one["value"] or one["rows"] or one["unknown"]):
            found.append(
                {"pointer": pointer, "detail": say("{title}: say it, or that it is unknown and why.", title=title)}
            )
        elif report.form.known and _unknown(one) is not None:
            found.append(
                {
                    "pointer": pointer,
                    "detail": say(
                        "{title}: {form} needs it as a fact.",
                        title=title,
                        form=say_both(report.form.title.en, report.form.title.zh),
                    ),
                }
            )
    if not report.content:
        found.append({"pointer": "/content", "detail": "Nothing has moved since the last report; say what has."})
    return found


def still_open(report: Compiled, last: Last | None) -> dict[str, str]:
    """What the first report needed and is unknown even after this one, with the reasons."""
    if last is None or report.form.code == "first":
        return report.unknown
    told = {one["code"] for one in report.content if _unknown(one) is None}
    fresh = {one["code"]: one["unknown"] for one in report.content if one["unknown"]}
    return {code: fresh.get(code, reason) for code, reason in last.open.items() if code not in told}


def completeness(form: Form, opened: Mapping[str, str]) -> str | None:
    """What the clocks are told: a first report is whole or a pre-report; a later one says only that now it is whole.

    A follow-up that leaves something open is a follow-up still, so nothing it says keeps it from its own clock.
    """
    if not opened:
        return COMPLETE
    return PRE_REPORT if form.code == "first" else None


# ------------------------------------------------------------------------------------------------------------------


def _line(asked: Asked, form: Form, known: Known, typed: Mapping[str, str], last: Last, since: Any) -> Line:
    field = asked.field
    rows = counted(field.figures, known.figures, last, only_changes=form.only_changes) if field.figures else []
    filled = SOURCES[field.source](known, since) if field.source else None
    if form.only_changes and field.source:
        filled = moved(field.source, filled, last)
    value, unknown = _both(filled) if filled else None, None
    if text := typed.get("value"):
        value = {"zh": text, "en": text}
    elif reason := typed.get("unknown"):
        value, rows, unknown = None, [], reason
    come_from = "typed" if text or unknown else "figures" if rows else field.source if filled else None
    return {
        "code": field.code, "title": _both(field.title), "group": field.group, "needed": asked.needed,
        "from": come_from, "value": value, "rows": rows, "unknown": unknown,
        "counts": bool(field.figures), "carried": last.open.get(field.code),
    }  # fmt: skip


def _unknown(one: Line) -> str | None:
    if one["unknown"]:
        return one["unknown"]
    return next((row["why"] or "" for row in one["rows"] if row["to_date"] is None), None)


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
