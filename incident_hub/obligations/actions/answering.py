"""What people answer to a debt by its id: seen, taken, done, does not apply, and why it was late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from incident_hub.kernel import record
from incident_hub.kernel.errors import Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.notify import actions as notices
from incident_hub.obligations import models
from incident_hub.obligations.answer import counts_as, may_answer, may_be_partial, may_settle, reason_wanted, still_owed
from incident_hub.obligations.models import Obligation
from incident_hub.operations import queries as operations

from .carrying import settle_carried
from .saying import Said, draft, refuse_if_empty, refuse_unless_owed, speaker
from .stopping import seen_by_post, stop


def settle(
    debt: Obligation, said: Said, at: datetime, by: By, completeness: str = "complete", reason: str = ""
) -> None:
    """Say that what was owed is done; the plan settles it and opens what follows. Tells: obligation.settled.

    Where the plan lets what is known be sent first, the entry says whether this was all of it: the supplement is then
    the plan's to demand. Raises: NotAllowed for another agency's debt, Conflict when it is owed no longer, the plan
    settles it otherwise or wants all of it; BadInput for a part without the reason for what is missing.
    """
    if debt.kind == "carried":
        settle_carried(debt, said, at, by)
        return
    refuse_unless_owed(debt, said, by)
    rule = operations.plan_of(debt.plan_version).rule(debt.rule)
    if refusal := may_settle(rule):
        raise Conflict(refusal)
    data: dict[str, Any] = {}
    if completeness == "pre_report":
        if refusal := may_be_partial(rule):
            raise Conflict(refusal)
        refuse_if_empty("reason", reason, "Say what is not known yet, and why.")
        said = replace(said, texts=said.texts | {"reason": reason})
        debt.reason_code, debt.reason = "pre_report", reason
    if rule is not None and rule.pre_report:
        data["completeness"] = debt.completeness = completeness
    record.append(draft(debt, models.SETTLED, said, data, at, by))
    if debt.state in models.UNANSWERED:
        raise Conflict("The plan does not let this agency settle it; see who the rule names.")


def find_not_applicable(debt: Obligation, reason: str, said: Said, at: datetime, by: By) -> None:
    """Say with a reason that a duty does not apply to this case; a law's too (never waived).

    Raises: BadInput without a reason, NotAllowed for another agency's debt, Conflict when it is owed no longer.
    Tells: obligation.found_not_applicable.
    """
    refuse_if_empty("reason", reason, "Say why it does not apply.")
    said = replace(said, texts=said.texts | {"reason": reason})
    refuse_unless_owed(debt, said, by)
    debt.state, debt.reason_code, debt.reason = "not_applicable", "not_applicable", reason
    stop([debt.id], at)
    record.append(draft(debt, models.NOT_APPLICABLE, said, {}, at, by))


def acknowledge(debt: Obligation, kind: str, said: Said, at: datetime, by: By) -> None:
    """Answer the call about one debt: seen stops repeats to one's post, taken its ladder; its clock runs on.

    What runs because somebody acts is not quietened by saying so again.

    Raises: NotAllowed when another agency than the owing one says taken, Conflict when it is owed no longer.
    Tells: obligation.acknowledged.
    """
    if refusal := still_owed(debt.state):
        raise Conflict(refusal)
    agency, desk, post = speaker(said, by)
    if kind == "taken" and (refusal := may_answer(debt.agency, agency)):
        raise NotAllowed(refusal)
    entry = draft(debt, models.ACKNOWLEDGED, said, {"kind": kind, "desk": desk, "post": post}, at, by)
    place, said_at = f"{desk}:{post or ''}", said.stated_at or at
    worth = counts_as(kind, operations.plan_of(debt.plan_version).rule(debt.rule))
    if debt.agency == agency and debt.acknowledged != "taken":
        debt.acknowledged, debt.acknowledged_at, debt.acknowledged_by = worth, said_at, place
    seen_by_post([debt], place, at)
    if worth == "taken":
        # A law's clock is reminded of until it is met, whoever has it in hand.
        stop([debt.id], at, calls_only=debt.force == "law")
    if by.member and said.via is None:
        notices.read(by.member, debt.id, at)
    record.append(entry)


def explain(debt: Obligation, code: str, words: str, said: Said, at: datetime, by: By) -> None:
    """Say why a debt was late, is missed, or was left undone; nothing else changes. Tells: obligation.explained.

    Raises: NotAllowed for another agency's debt, Conflict when nothing is to be explained, BadInput without words.
    """
    refuse_if_empty("words", words, "Say it in words.")
    if refusal := may_answer(debt.agency, speaker(said, by)[0]):
        raise NotAllowed(refusal)
    if not reason_wanted(debt.state, debt.reason_code, None):
        raise Conflict("Nothing is to be explained here: it is neither late nor missed, nor was it left undone.")
    debt.explained_code, debt.explanation, debt.explained_at = code, words, at
    said = replace(said, texts=said.texts | {"reason": words})
    record.append(draft(debt, models.EXPLAINED, said, {"code": code, "state": debt.state}, at, by))
