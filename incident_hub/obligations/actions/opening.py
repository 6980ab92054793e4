"""Debts begin: each with its post, its clock and the rungs of its first round, all in two statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.kernel.database import db
from incident_hub.kernel.record import Draft
from incident_hub.kernel.text import opaque
from incident_hub.obligations import chase
from incident_hub.obligations.chase import Chased
from incident_hub.obligations.ladder import Rung
from incident_hub.obligations.models import Obligation
from incident_hub.operations import queries as operations
from incident_hub.plan.owing import Opening
from incident_hub.plan.words import urgent

from .rungs import arm_rungs

_TOLD = ("rule", "force", "agency", "desk", "post", "starts_at", "due_at")


def open_all(
    draft: Draft,
    version: str,
    openings: Sequence[Opening],
    desks: Mapping[str, Desk],
    moved: Sequence[Obligation] = (),
    occurrence: str | None = None,
) -> list[dict[str, Any]]:
    """Write the debts that begin with an entry, and say which, as the entry states them.

    Shape: `desks` are those at hand, by code; `moved` are debts that end in this entry because another desk owes them
    from now on: what takes their place keeps their clock.
    """
    told: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    armed: dict[str, Sequence[Rung]] = {}
    left = list(moved)
    for opening in openings:
        before = next((one for one in left if _goes_on_from(opening, one)), None)
        if before:
            left.remove(before)
        told.append({"id": opaque(), **{name: getattr(opening, name) for name in _TOLD}})
        desk = desks.get(opening.desk) or agencies.desk(opening.desk)
        rows.append(told[-1] | _row(draft, version, opening, desk, before) | {"occurrence": occurrence})
        if opening.about:
            told[-1]["about"] = opening.about
        if before:
            told[-1]["moved_from"] = before.desk
        armed[told[-1]["id"]] = chase.begin(_chased(draft, version, opening, before), draft.at)
    db.session.execute(insert(Obligation), rows)
    arm_rungs(armed)
    return told


def _goes_on_from(opening: Opening, debt: Obligation) -> bool:
    debts = (debt.rule, debt.starts_at, debt.due_at, debt.about)
    return (opening.rule, opening.starts_at, opening.due_at, opening.about) == debts


def _row(draft: Draft, version: str, opening: Opening, desk: Desk | None, before: Obligation | None) -> dict[str, Any]:
    from_there = before and {name: getattr(before, name) for name in ("id", "agency", "desk", "post")}
    return {
        "chain": draft.chain, "noun": draft.subject[0], "ref": draft.subject[1],
        "plan_version": before.plan_version if before else version, "ladder": _ladder(opening, before),
        "desk_id": desk.id if desk else None, "why": opening.why[:200], "kind": "rule", "opened_at": draft.at,
        "about": opening.about,
        "entered_late": _entered_late(draft, opening, before), "state": "open", "seen_by": [],
        "facts": dict(draft.facts), "moved_from": from_there,
        "original_due_at": before.original_due_at if before else None,
    }  # fmt: skip


def _entered_late(draft: Draft, opening: Opening, before: Obligation | None) -> bool:
    """What came from another desk was not entered late by anybody; its clock has just been running."""
    return before is None and opening.due_at <= draft.at


def _ladder(opening: Opening, before: Obligation | None) -> str | None:
    """The code of its ladder; what goes on from another desk keeps the one of its own plan."""
    return before.ladder if before else opening.ladder


def _chased(draft: Draft, version: str, opening: Opening, before: Obligation | None) -> Chased:
    plan = operations.plan_of(before.plan_version if before else version)
    ladder = _ladder(opening, before)
    return Chased(
        opening.agency, opening.desk, opening.force, opening.starts_at, draft.at, opening.due_at,
        plan.ladders[ladder] if ladder else None, operations.at(draft.chain).zone,
        urgent(draft.facts), entered_late=_entered_late(draft, opening, before), moved=before is not None,
        extended=before is not None and before.original_due_at is not None,
    )  # fmt: skip
