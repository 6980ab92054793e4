"""Debts in the contract's shape: what they are, how they stand, and what the asker may do about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import registry
from incident_hub.kernel.database import db
from incident_hub.obligations.answer import BY_HAND, may_answer, may_release, reason_wanted, still_owed
from incident_hub.obligations.ladder import slack
from incident_hub.obligations.models import UNANSWERED, Obligation, Step
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Plan, Rule
from incident_hub.roster import queries as roster

_PLAIN = (
    "id", "rule", "force", "plan_version", "kind", "starts_at", "opened_at", "entered_late", "due_at",
    "original_due_at", "moved_from", "occurrence", "about", "state", "met_at", "proof", "completeness",
    "exhausted_at", "why",
)  # fmt: skip


def shape(debt: Obligation) -> dict[str, Any]:
    """One debt in the contract's shape."""
    return shapes([debt])[0]


def shapes(debts: Sequence[Obligation]) -> list[dict[str, Any]]:
    """Debts in the contract's shape, with the next step of each."""
    steps = _next_steps([debt.id for debt in debts if debt.state in UNANSWERED])
    return [_shape(debt, steps.get(debt.id)) for debt in debts]


def offered(shown: Sequence[dict[str, Any]], asker: Asker, at: datetime) -> list[dict[str, Any]]:
    """Debts in their shape, each with `may`: what the asker may do about it."""
    above: dict[str, list[str]] = {}
    held: dict[tuple[str, str], bool] = {}
    offers: list[dict[str, Any]] = []
    for one in shown:
        agency, desk, post = (one["owed_by"][name] for name in ("agency", "desk", "post"))
        if agency not in above:
            above[agency] = [parent.code for parent in agencies.parent_chain(agency)]
        if (desk, post) not in held:
            held[desk, post] = asker.agency == agency and owes_it(asker.member, desk, post, at)
        offers.append(one | {"may": _may(one, asker, above[agency], held[desk, post])})
    return offers


def owes_it(member: str | None, desk: str, post: str, at: datetime) -> bool:
    """Whether a member holds the post that owes."""
    found = agencies.desk(desk)
    return found is not None and member is not None and member in roster.holders_of(found.id, post, at)


def _may(one: dict[str, Any], asker: Asker, above: Sequence[str], itself: bool) -> list[str]:
    owed_by, authority = one["owed_by"], operations.plan_of(one["plan_version"]).authority
    ours = may_answer(owed_by["agency"], asker.agency) is None
    running = still_owed(one["state"]) is None

    def lets(verb: str, named: str) -> bool:
        place = (asker.agency, asker.desk, itself)
        return may_release(one["force"], named, place, owed_by["agency"], above) is None and not may(asker, verb)

    found = {
        "settle": running and ours and one["by_hand"] and not may(asker, "obligation.settle"),
        "not_applicable": running and ours and not may(asker, "obligation.not_applicable"),
        "waive": running and lets("obligation.waive", authority.waive),
        "extend": one["state"] == "open" and lets("obligation.extend", authority.extend),
        "explain": one["reason_wanted"] and ours and not may(asker, "obligation.explain"),
    }
    return [verb for verb, can in found.items() if can]


def _next_steps(ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        query = select(Step).where(Step.obligation_id.in_(ids[start : start + 500]), Step.state == "armed")
        for row in db.session.scalars(query.order_by(Step.at, Step.step, Step.occurrence)):
            to = [f"{party}:{post}" for post, party in row.to]
            step = {"at": row.at, "kind": row.kind, "to": to, "channels": row.channels, "round": row.round}
            found.setdefault(row.obligation_id, step)
    return found


def _shape(debt: Obligation, step: dict[str, Any] | None) -> dict[str, Any]:
    operation = operations.by_id(debt.chain)
    plan = operations.plan_of(debt.plan_version)
    return {name: getattr(debt, name) for name in _PLAIN} | {
        "operation": operation.code if operation else None,
        "plan_in_force": operation is not None and operation.plan_version == debt.plan_version,
        "exercise": bool(operation and operation.exercise),
        **_by_the_plan(plan, plan.rule(debt.rule)),
        **({"by_hand": True} if debt.kind == "carried" else {}),
        "subject": _subject(debt, operation.code if operation else ""),
        "owed_by": {"agency": debt.agency, "desk": debt.desk, "post": debt.post},
        "acknowledged": _acknowledged(debt),
        "slack_s": slack(debt.due_at, debt.met_at),
        "slack_entered_s": slack(debt.due_at, debt.met_entered_at),
        "reason": debt.reason or debt.reason_code,
        "reason_wanted": reason_wanted(debt.state, debt.reason_code, debt.explained_at),
        "explanation": _explanation(debt),
        "next_step": step,
    }


def _subject(debt: Obligation, operation: str) -> dict[str, Any]:
    kind = str((debt.moved_from or {}).get("noun", debt.noun))
    page = registry.nouns.get(kind)
    shown = {"kind": kind, "ref": debt.ref, "page": page and page.format(ref=debt.ref, operation=operation)}
    return shown | {"label": registry.label(kind, debt.ref, debt.about)}


def _by_the_plan(plan: Plan, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        nothing = {"title": None, "what": None, "basis": None, "target": False, "pre_report": False}
        return nothing | {"confirmed": True, "by_hand": True}
    return {
        "title": {"zh": rule.title.zh, "en": rule.title.en},
        "what": {"zh": rule.what.zh, "en": rule.what.en},
        "basis": rule.basis,
        "confirmed": rule.confirmed,
        "target": rule.target,
        "pre_report": rule.pre_report,
        "by_hand": any(settle.kind == BY_HAND for settle in rule.settled_by),
    }


def _acknowledged(debt: Obligation) -> dict[str, Any] | None:
    if not debt.acknowledged:
        return None
    desk, _, post = str(debt.acknowledged_by).partition(":")
    said = {"kind": debt.acknowledged, "at": debt.acknowledged_at, "desk": desk, "post": post or None}
    return said | {"agency": desk.partition("/")[0]}


def _explanation(debt: Obligation) -> dict[str, Any] | None:
    if debt.explained_at is None:
        return None
    return {"code": debt.explained_code, "words": debt.explanation, "at": debt.explained_at}
