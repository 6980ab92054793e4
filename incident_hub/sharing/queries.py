"""What a newly named desk would read of an incident, as far as the desk that shares it may know that itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from incident_hub.custody import queries as custody
from incident_hub.files import queries as files
from incident_hub.incidents import queries as incidents
from incident_hub.obligations import queries as obligations
from incident_hub.plan.words import Words
from incident_hub.reports import queries as reports
from incident_hub.reports.forms import FORMS
from incident_hub.tasks import queries as tasks

# A title is enough to know what it is; the whole of it is read where it stands.
LENGTH = 80
Line = dict[str, Any]


def preview(found: incidents.Known, desk: str, desk_id: int) -> dict[str, Any]:
    """By title what a desk let in now would read, and what stays closed to it whatever its history.

    Shape: {now: [{kind, title, at}] with any history, past: [...] with `full` alone, closed: how many narrower
    entries}; a title is {zh, en}. `desk` is the one that shares.
    """
    written = incidents.journal_of(found, desk)
    past = [
        *(_line("journal", one["text"], one["at"]) for one in written if one["audience"] == "all"),
        *_papers(found, desk_id),
        *(_line("task", one["words"], one["asked_at"]) for one in tasks.of_incident(found, desk_id)),
        *(_line("figure", one["category"], one["at"]) for one in incidents.figures_known(found)),
    ]
    return {
        "now": list(_standing(found)),
        "past": sorted(past, key=lambda one: one["at"]),
        "closed": sum(one["audience"] != "all" for one in written),
    }


def _standing(found: incidents.Known) -> Iterator[Line]:
    """What is read of an incident as it stands, with or without its past."""
    incident = found.incident
    yield _line("card", incident.title, incident.created_at)
    for debt in obligations.of_subject(incident.chain, incident.ref):
        if debt["state"] in ("open", "missed"):
            yield {"kind": "obligation", "title": debt["what"] or _both(debt["rule"]), "at": debt["due_at"]}
    for item in custody.of_incident(found):
        yield _line("item", item["title"], item["taken_at"])


def _papers(found: incidents.Known, desk_id: int) -> Iterator[Line]:
    for one in files.of(found.incident.chain, found.subject, desk_id):
        yield _line("file", one["name"], one["at"])
    for report in reports.of_incident(found, desk_id):
        if report.row.state == "sent" and report.row.sent_at:
            form = FORMS[report.row.form].title
            yield {"kind": "report", "title": {"zh": form.zh, "en": form.en}, "at": report.row.sent_at}


def _line(kind: str, title: str, at: datetime) -> Line:
    short = " ".join(title.split())
    return {"kind": kind, "title": _both(short if len(short) <= LENGTH else f"{short[:LENGTH]}…"), "at": at}


def _both(title: str | Words) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en} if isinstance(title, Words) else {"zh": title, "en": title}
