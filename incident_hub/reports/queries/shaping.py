"""Reports in the shape in which doors and pages are told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from incident_hub.incidents import queries as incidents
from incident_hub.reports.forms import FORMS
from incident_hub.reports.models import Report, Sending

_PLAIN = (
    "id", "form", "mode", "number", "agency", "desk", "state", "amends", "based_on", "compiled_at", "signed_at",
    "sent_at",
)  # fmt: skip


def head(row: Report, of: incidents.Known, ways: Sequence[Mapping[str, Any]], amended: str | None) -> dict[str, Any]:
    """What everybody with access to the incident may know of a report."""
    form = FORMS[row.form]
    return {name: getattr(row, name) for name in _PLAIN} | {
        "incident": row.ref,
        "incident_title": of.incident.title,
        "operation": of.operation.code,
        "title": {"zh": titled(row, "zh"), "en": titled(row, "en")},
        "short": {"zh": form.short.zh, "en": form.short.en},
        "whole": not row.open,
        "signed_by": _post(row.signed_by),
        "compiled_by": _post(row.compiled_by),
        "sendings": list(ways),
        "amended_by": amended,
        "exercise": of.operation.exercise,
    }


def titled(row: Report, lang: str) -> str:
    """What a report is called: 续报（第 2 期）, or that it was made by word of mouth."""
    form = FORMS[row.form]
    title = form.short.of(lang)
    if form.numbered and row.number:
        title += f"（第 {row.number} 期）" if lang == "zh" else f" no. {row.number}"
    if row.mode == "spoken":
        title = f"口头{title}" if lang == "zh" else f"{title}, spoken"
    return title


def sending(row: Sending) -> dict[str, Any]:
    """One way a report went."""
    names = ("id", "desk", "to", "tiers", "channel", "relay", "copy_of", "sent_at", "received_at")
    received = row.received_by or {}
    return {name: getattr(row, name) for name in names} | {
        "skip_level": row.reason is not None and row.copy_of is None,
        "received_by": _post(received) if received else None,
        "received_via": (received.get("via") or {}).get("channel"),
    }


def _post(by: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Who, by seat: a name is told to those who read the report, and to nobody else."""
    return {name: by.get(name) for name in ("agency", "desk", "post")} if by else None
