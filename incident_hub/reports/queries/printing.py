"""A report for paper and for the telephone: in plain values that say everything in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.anchors import queries as anchors
from incident_hub.incidents import queries as incidents
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict, NotAllowed, NotKnown
from incident_hub.kernel.saying import say_both
from incident_hub.kernel.text import instant
from incident_hub.operations.zones import zone_title
from incident_hub.plan.marking import may_leave
from incident_hub.reports.forms import FORMS
from incident_hub.reports.laying import laid
from incident_hub.reports.models import Report
from incident_hub.reports.wording import POST, moment, said, short

from . import Found, sendings_of
from .gathering import gathered
from .shaping import titled


def printed(found: Found, lang: str) -> dict[str, Any]:
    """A report as the customary form takes it (`paper.forms.report`).

    Raises: NotKnown for who may not read it, NotAllowed under TLP:RED (rulings 8), Conflict for a draft: what nobody
    signed is no paper.
    """
    row, zone = found.row, found.of.operation.zone
    if not found.reads:
        raise NotKnown
    if refusal := may_leave(found.of.incident.tlp):
        raise NotAllowed(say_both(refusal.en, refusal.zh))
    if row.state == "draft":
        raise Conflict("It is not signed yet; a report is printed once it is.")
    ways = sendings_of([row.id]).get(row.id, [])
    at = row.sent_at or row.signed_at or row.compiled_at
    amended = db.session.get(Report, row.amends) if row.amends else None
    made: dict[str, Any] = {
        "lang": lang, "agency": _agency(row.agency, lang), "at": instant(at), "form": row.form,
        "turn": row.number or "", "subtitle": found.of.incident.title, "number": f"{row.ref} {titled(row, lang)}",
        "issued": moment(at, zone), "cut_off": moment(row.cut_off or at, zone), "zone": zone_title(zone, lang),
        "tlp": found.of.incident.tlp,
        "exercise": found.of.operation.exercise, "signatures": _signatures(row, lang, zone),
        "sent_to": [_agency(one.to.partition("/")[0], lang) for one in ways if not one.copy_of and not one.relay],
        "copied_to": [_agency(one.to.partition("/")[0], lang) for one in ways if one.copy_of or one.relay],
        "record_mark": anchors.newest_mark(found.of.operation.id, at),
        "sha256": row.sha256, "amends": titled(amended, lang) if amended else None,
    }  # fmt: skip
    words = {"account": row.words} if row.words else {}
    return made | laid(row.content or [], lang, zone) | words


def sentence(of: incidents.Known, form: str, desk: str, desk_id: int, lang: str, as_of: str) -> str:
    """What is read out on the telephone, or copied into a message: 150 characters at most, with their cut-off."""
    known = gathered(of, desk, desk_id)
    figures = [(name, known.figures[name]["n"]) for name in ("deaths", "injured", "missing") if name in known.figures]
    occurred = moment(known.occurred_at, known.zone) if known.occurred_at else None
    told: Mapping[str, Any] = {
        "form": FORMS[form].short, "title": known.title, "place": known.place and known.place.of(lang),
        "occurred": occurred, "figures": figures, "as_of": as_of,
    }  # fmt: skip
    return short(told, lang)


def _signatures(row: Report, lang: str, zone: str) -> list[list[str]]:
    zh = lang.startswith("zh")
    steps = [("编制" if zh else "Compiled", row.compiled_by, row.compiled_at)]
    if row.signed_by and row.signed_at:
        steps.append(("签发" if zh else "Signed", row.signed_by, row.signed_at))
    return [[step, _seat(by, lang), moment(at, zone)] for step, by, at in steps]


def _seat(by: Mapping[str, Any], lang: str) -> str:
    """Who, by agency and post, as the house signs."""
    return f"{_agency(str(by['agency']), lang)} {said(POST, by.get('post')).of(lang)}".strip()


def _agency(code: str, lang: str) -> str:
    found = agencies.agency(code)
    return (found.title.get(lang) or found.title.get("en") or code) if found else code
