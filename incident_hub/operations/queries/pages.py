"""What every page is handed: who asks, at which desk, in which operation, and the words its components need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import csrf_of
from incident_hub.agencies.standing import Asker, verbs_of
from incident_hub.kernel.text import instant
from incident_hub.operations.zones import zone_title

from . import Operation, bound, by_id, known_to, participants, plan_in_force


def around(asker: Asker, operation: Operation | None, lang: str, at: datetime) -> dict[str, Any]:
    """What a template needs around its own matter."""
    csrf = csrf_of(asker.session) if asker.session else ""
    return {
        "asker": asker,
        "desks": [{"code": one.code, "title": one.title.get(lang)} for one, _, _ in agencies.seats_of(asker.member)],
        "operation": shown(operation, lang) | {"parent": parent(operation, asker, lang)} if operation else None,
        "csrf": csrf,
        "page": _page(asker, operation, lang, csrf, at),
    }


def shown(operation: Operation, lang: str) -> dict[str, Any]:
    """An operation's head line in one language."""
    return {
        "code": operation.code, "title": _said(operation.title, lang), "zone": operation.zone,
        "zone_title": zone_title(operation.zone, lang),
        "phase": operation.phase, "exercise": operation.exercise,
    }  # fmt: skip


def parent(operation: Operation, asker: Asker, lang: str) -> dict[str, str] | None:
    """The operation that one belongs to, if the asker's desk takes part in it."""
    above = by_id(operation.parent) if operation.parent else None
    if above is None or above.code not in {one.code for one in known_to(asker.desk_id)}:
        return None
    return {"code": above.code, "title": _said(above.title, lang)}


def _page(asker: Asker, operation: Operation | None, lang: str, csrf: str, at: datetime) -> dict[str, Any]:
    """What a page tells its components: who asks, where, and the words of the plan."""
    who = {name: getattr(asker, name) for name in ("desk", "agency", "role", "login", "name")}
    told: dict[str, Any] = {"lang": lang, "csrf": csrf, "now": instant(at)}
    told["asker"] = who | {"may": verbs_of(asker.role)}
    told["agencies"] = [{"code": one.code, "title": _said(one.title, lang)} for one in agencies.agencies()]
    told["desks"] = [{"code": one.code, "title": _said(one.title, lang)} for one in agencies.all_desks()]
    told["sites"] = []
    if operation is None:
        return told
    taking_part = set(participants(operation.id))
    told["desks"] = [one for one in told["desks"] if one["code"].partition("/")[0] in taking_part]
    told["agencies"] = [one for one in told["agencies"] if one["code"] in taking_part]
    told["sites"] = [
        {"code": one.code, "title": _said(one.title, lang), "agency": one.agency}
        for one in agencies.sites()
        if one.agency in taking_part
    ]
    return told | {"operation": shown(operation, lang), "plan": _plan(operation, lang)}


def _plan(operation: Operation, lang: str) -> dict[str, Any]:
    version, plan = plan_in_force(operation.id)
    types = [
        {
            "code": one.code,
            "title": one.title.of(lang),
            "category": one.category,
            "lead": one.lead,
            "support": list(one.support),
            "life_safety": one.life_safety,
            "checklist": [line.of(lang) for line in one.checklist],
        }
        for one in plan.types.values()
    ]
    grades = [{"code": one.code, "title": one.title.of(lang)} for one in plan.grades]
    bindings = bound(operation.id)
    parties = [
        {"code": one.code, "title": one.title.of(lang), "agencies": bindings.get(one.code, [])}
        for one in plan.parties.values()
    ]
    return {"code": plan.code, "version": version, "types": types, "grades": grades, "parties": parties}


def _said(title: Any, lang: str) -> str:
    return title.get(lang) or title.get("en") or ""
