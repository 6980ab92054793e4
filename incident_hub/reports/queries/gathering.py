"""What a desk knows of an incident, gathered for its report: only what everybody with access may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.files import queries as files
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.card import newest_figures
from incident_hub.kernel import record
from incident_hub.kernel.text import read_instant
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.plan.words import Words
from incident_hub.reports.changes import Last
from incident_hub.reports.models import Report
from incident_hub.reports.sources import Known

from .going import clocks_of


def gathered(found: incidents.Known, desk: str, desk_id: int) -> Known:
    """What the lines of a report are pre-filled from, as this desk knows it now.

    What a desk wrote for itself alone goes into no report by itself.
    """
    incident, chain = found.incident, found.incident.chain
    kind = operations.plan_of(incident.plan_version).types.get(incident.type)
    agency = desk.partition("/")[0]
    figures = newest_figures(incidents.figures_of(incident.ref))
    basis = {one["category"]: one["basis"] for one in incidents.figures_of(incident.ref) if one["n"] is None}
    return Known(
        title=incident.title,
        type=kind.title if kind else Words(incident.type, incident.type),
        zone=found.operation.zone,
        summary=incident.summary,
        received_at=_received(found, agency, desk_id),
        logged_by=_logged_by(found),
        occurred_at=incident.occurred_at,
        occurred_about=incident.occurred_about,
        place=_place(incident.areas or [], incident.site, incident.place),
        grade=incident.grade,
        attention=incident.attention,
        verification=incident.verification,
        status=incident.status,
        desk=_agency(agency),
        journal=[_entry(one) for one in incidents.journal_of(found, desk) if _told(one)],
        taken=[one | {"agency": _agency(one["agency"])} for one in obligations.taken_by(chain, incident.ref)],
        owed=[_owed(one) for one in _work(obligations.of_subject(chain, incident.ref), desk)],
        files=[one["name"] for one in files.of(chain, found.subject, desk_id)],
        figures={name: one | {"basis": basis.get(name)} for name, one in figures.items()},
    )


def told_by(row: Report | None) -> Last | None:
    """What a report had told, for the next one to be held against."""
    if row is None or row.facts is None:
        return None
    return Last(row.cut_off, row.facts["lines"], row.facts["figures"], row.open or {})


def _received(found: incidents.Known, agency: str, desk_id: int) -> datetime:
    stated = (found.incident.known_at or {}).get(agency)
    first = record.first_known(found.incident.chain, found.subject).get(desk_id, found.incident.created_at)
    return min(read_instant(stated), first) if stated else first


def _logged_by(found: incidents.Known) -> Words | None:
    circle = record.access(found.incident.chain, found.subject)
    first = next((row.by for row in circle if row.since == found.incident.created_at), None)
    return _agency(first.partition("/")[0]) if first else None


def _place(areas: list[str], site: str | None, place: Mapping[str, Any] | None) -> Words | None:
    titles = {one.code: one.title for one in agencies.areas()}
    parts = [_words(titles[code], code) for code in reversed(areas) if code in titles]
    at = agencies.site(site) if site else None
    parts += [_words(at.title, at.code)] if at else []
    words = str((place or {}).get("text") or "")
    parts += [Words(words, words)] if words else []
    if not parts:
        return None
    return Words("".join(_each_once([one.zh for one in parts])), ", ".join(_each_once([one.en for one in parts])))


def _each_once(parts: list[str]) -> list[str]:
    """A place without the parts that the next one begins with: 港区营业厅, not 港区港区营业厅."""
    return [one for one, after in zip(parts, [*parts[1:], ""], strict=True) if not after.startswith(one)]


def _told(one: Mapping[str, Any]) -> bool:
    return one["audience"] == "all" and one["struck"] is None


def _entry(one: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: one[name] for name in ("kind", "text", "milestone")}
    return names | {"at": one["at"], "desk": _agency(str(one["by"].get("agency") or ""))}


def _work(debts: Sequence[dict[str, Any]], desk: str) -> list[dict[str, Any]]:
    """What a desk still has to do; that it has to report is no news in a report."""
    reporting = {one["id"] for one in clocks_of(debts)}
    return [one for one in debts if _owes(one, desk) and one["id"] not in reporting]


def _owes(one: Mapping[str, Any], desk: str) -> bool:
    return one["state"] in ("open", "missed") and one["owed_by"]["desk"] == desk and bool(one["what"])


def _owed(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"what": Words(one["what"]["zh"], one["what"]["en"]), "due_at": one["due_at"]}


def _agency(code: str) -> Words:
    found = agencies.agency(code)
    return _words(found.title, code) if found else Words(code, code)


def _words(title: Mapping[str, str], code: str) -> Words:
    return Words(title.get("zh") or title.get("en") or code, title.get("en") or title.get("zh") or code)
