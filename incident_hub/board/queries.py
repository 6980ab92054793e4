"""What the board is made of, read in one snapshot for one desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import feeds
from incident_hub.kernel.text import instant
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster

from . import snapshot

DUE_NEXT = 12


def board(operation: operations.Operation, asker: Asker, at: datetime) -> dict[str, Any]:
    """The board of an operation as the asker's desk may see it now (contract: `board`)."""
    hung = feeds.hung_cards(operation.id, asker.desk_id)
    cards = [orjson.loads(body) for _, body, _ in hung]
    return {
        "operation": operation.code,
        "head": feeds.head(operation.id, asker.desk_id),
        "now": instant(at),
        "phase": operation.phase,
        "response_level": None,
        "cards": cards,
        "digest": feeds.digest((ref, mark) for ref, _, mark in hung),
        "counts": snapshot.counted(cards),
        "on_duty": on_duty(operation, at),
        "due_next": obligations.due_next(operation.id, asker.desk_id, DUE_NEXT),
        "zero_reports": None,
    }


def on_duty(operation: operations.Operation, at: datetime) -> list[dict[str, Any]]:
    """Who holds which post at the desks that take part: names and posts, no contacts (rulings 2)."""
    desks = [desk for agency in operations.participants(operation.id) for desk in agencies.desks_of_agency(agency)]
    return roster.on_duty([desk.id for desk in desks], at)


def page(asker: Asker, operation: operations.Operation | None, lang: str, csrf: str, at: datetime) -> dict[str, Any]:
    """What a page tells its components: who asks, where, and the words of the plan."""
    told: dict[str, Any] = {
        "lang": lang,
        "csrf": csrf,
        "now": instant(at),
        "asker": {"desk": asker.desk, "agency": asker.agency, "role": asker.role, "login": asker.login},
        "agencies": [{"code": one.code, "title": _said(one.title, lang)} for one in agencies.agencies()],
        "desks": [{"code": one.code, "title": _said(one.title, lang)} for one in agencies.all_desks()],
        "sites": [],
    }
    if operation is None:
        return told
    version, plan = operations.plan_in_force(operation.id)
    taking_part = set(operations.participants(operation.id))
    told["desks"] = [one for one in told["desks"] if one["code"].partition("/")[0] in taking_part]
    told["agencies"] = [one for one in told["agencies"] if one["code"] in taking_part]
    told["sites"] = [
        {"code": one.code, "title": _said(one.title, lang), "agency": one.agency}
        for one in agencies.sites()
        if one.agency in taking_part
    ]
    told["operation"] = shown(operation, lang)
    told["plan"] = {
        "code": plan.code,
        "version": version,
        "types": [
            {
                "code": one.code, "title": one.title.of(lang), "category": one.category, "lead": one.lead,
                "support": list(one.support), "life_safety": one.life_safety,
                "checklist": [line.of(lang) for line in one.checklist],
            }
            for one in plan.types.values()
        ],
        "grades": [{"code": one.code, "title": one.title.of(lang)} for one in plan.grades],
    }  # fmt: skip
    return told


def shown(operation: operations.Operation, lang: str) -> dict[str, Any]:
    """An operation's head line in one language."""
    zone = "北京时间" if operation.zone == "Asia/Shanghai" and lang == "zh" else operation.zone
    return {
        "code": operation.code, "title": _said(operation.title, lang), "zone": operation.zone, "zone_title": zone,
        "phase": operation.phase, "exercise": operation.exercise,
    }  # fmt: skip


def _said(title: Any, lang: str) -> str:
    return title.get(lang) or title.get("en") or ""
