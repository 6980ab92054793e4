"""A roll-up for paper: in plain values that say everything in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.anchors import queries as anchors
from incident_hub.kernel.database import db
from incident_hub.kernel.text import instant
from incident_hub.operations import queries as operations
from incident_hub.operations.zones import zone_title
from incident_hub.plan.frame import Category
from incident_hub.returns.models import SentRollUp, Unit


def printed(row: SentRollUp, lang: str) -> dict[str, Any]:
    """A roll-up as the customary form takes it (`paper.forms.roll_up`)."""
    operation, figures = operations.at(row.chain), row.figures
    asked, zh = operations.plan_of(operation.plan_version).zero_report, lang.startswith("zh")
    categories = [one for one in asked.categories if one.code in figures["totals"]] if asked else []
    titles = [one.title.of(lang) for one in (asked.tiers if asked else ()) if one.code == row.tier]
    agency = _agency(row.by.partition("/")[0], lang)
    sent_at = _moment(row.at, operation.zone)
    named = {name: _named(row.chain, figures[name], lang) for name in ("missing", "late", "returned")}
    return named | {
        "lang": lang, "agency": agency, "at": instant(row.at), "exercise": operation.exercise,
        "subtitle": f"{operation.title.get(lang) or operation.code} · {row.date.isoformat()}",
        "number": " ".join([*titles, _number(row.number, lang)]), "issued": sent_at,
        "cut_off": _moment(row.cut_off, operation.zone), "zone": zone_title(operation.zone, lang),
        "owed": figures["owed"], "received": figures["received"],
        "totals": [_total(one, figures["totals"][one.code], lang) for one in categories],
        "amends": _number(row.number - 1, lang) if row.amends else None,
        "remarks": "\n".join([*_remarks(row, categories, lang), *([row.remarks] if row.remarks else [])]),
        "signatures": [["汇总上报" if zh else "Rolled up", agency, sent_at]], "sha256": row.sha256,
        "record_mark": anchors.newest_mark(operation.id, row.at),
    }  # fmt: skip


def _named(chain: int, codes: Collection[str], lang: str) -> list[list[str]]:
    query = select(Unit.code, Unit.title, Unit.agency).where(Unit.chain == chain, Unit.code.in_(codes))
    rows = db.session.execute(query.order_by(Unit.code))
    return [[row.code, str(row.title.get(lang) or ""), _agency(row.agency, lang)] for row in rows]


def _total(one: Category, total: dict[str, int], lang: str) -> dict[str, Any]:
    unit = one.unit.of(lang)
    title = f"{one.title.of(lang)}（{unit}）" if lang.startswith("zh") else f"{one.title.of(lang)} ({unit})"
    # Of nobody it is known, so the sum is none either.
    return {"title": title, "n": total["n"] if total["of"] else None, "of": total["of"]}


def _remarks(row: SentRollUp, categories: Collection[Category], lang: str) -> Iterator[str]:
    """What the figures do not say by themselves: what is unknown, what they are built from, what came later."""
    zh, figures = lang.startswith("zh"), row.figures
    for one in categories:
        if n := figures["totals"][one.code]["unknown"]:
            title = one.title.of(lang)
            yield f"{title}：{n}家数字不详，未计入。" if zh else f"{title}: not known of {n}, and not counted."
    for one in figures["below"]:
        words = (one["desk"], _number(one["number"], lang), one["received"], one["owed"])
        yield "依据{}{}：已报{}家，应报{}家。".format(*words) if zh else "From {} {}: {} of {} received.".format(*words)
    if figures["unsent"]:
        names = ("、" if zh else ", ").join(figures["unsent"])
        yield (
            f"未报送汇总：{names}；其单位不在应报数内。"
            if zh
            else f"No roll-up from {names}; their units are not counted here."
        )
    for name, (chinese, english) in _SINCE.items():
        if codes := figures["since"][name]:
            yield f"{chinese}：{'、'.join(codes)}" if zh else f"{english}: {', '.join(codes)}"


_SINCE = {
    "came": ("上一号之后报来", "Came after the number before"),
    "changed": ("上一号之后更正", "Stated anew since"),
    "gone": ("上一号之后退回", "Sent back since"),
}


def _number(n: int, lang: str) -> str:
    return f"第{n}号" if lang.startswith("zh") else f"no. {n}"


def _moment(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _agency(code: str, lang: str) -> str:
    found = agencies.agency(code)
    return (found.title.get(lang) or found.title.get("en") or code) if found else code
