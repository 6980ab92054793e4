"""What people answer to a debt by its id: that they saw it or act, that it is done, that it does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.notify import actions as notices
from incident_hub.obligations import models
from incident_hub.obligations.answer import may_answer, may_settle, still_owed
from incident_hub.obligations.models import Obligation
from incident_hub.operations import queries as operations

from .stopping import seen_by_post, stop


@dataclass(frozen=True)
class Said:
    """How an answer reached the Hub when it was not typed by its author.

    Shape: `via` has channel and from {agency, desk, post} as codes; `words_by` is a person's name.
    """

    stated_at: datetime | None = None
    via: Mapping[str, Any] | None = None
    words: str = ""
    words_by: str = ""
    texts: dict[str, str] = field(default_factory=dict[str, str])


def settle(debt: Obligation, said: Said, at: datetime, by: By) -> None:
    """Say that what was owed is done; the plan settles it and opens what follows. Tells: obligation.settled.

    Raises: NotAllowed for another agency's debt, Conflict when it is owed no longer or the plan settles it otherwise.
    """
    _refuse_unless_owed(debt, said, by)
    rule = operations.plan_of(debt.plan_version).rule(debt.rule)
    if refusal := may_settle(rule):
        raise Conflict(refusal)
    entry = _draft(debt, models.SETTLED, said, {}, at, by)
    record.append(entry)
    if debt.state in models.UNANSWERED:
        raise Conflict("The plan does not let this agency settle it; see who the rule names.")


def find_not_applicable(debt: Obligation, reason: str, at: datetime, by: By) -> None:
    """Say with a reason that a duty does not apply to this case; a law's too (never waived).

    Raises: BadInput without a reason, NotAllowed for another agency's debt, Conflict when it is owed no longer.
    Tells: obligation.found_not_applicable.
    """
    if not reason.strip():
        raise BadInput("Say why it does not apply.", errors=[{"pointer": "/reason", "detail": "It is empty."}])
    said = Said(texts={"reason": reason})
    _refuse_unless_owed(debt, said, by)
    debt.state, debt.reason_code, debt.reason = "not_applicable", "not_applicable", reason
    stop([debt.id], at)
    record.append(_draft(debt, models.NOT_APPLICABLE, said, {}, at, by))


def acknowledge(debt: Obligation, kind: str, said: Said, at: datetime, by: By) -> None:
    """Answer the call about one debt: seen stops repeats to one's post, taken its ladder; its clock runs on.

    Raises: NotAllowed when another agency than the owing one says taken, Conflict when it is owed no longer.
    Tells: obligation.acknowledged.
    """
    if refusal := still_owed(debt.state):
        raise Conflict(refusal)
    agency, desk, post = _speaker(said, by)
    if kind == "taken" and (refusal := may_answer(debt.agency, agency)):
        raise NotAllowed(refusal)
    entry = _draft(debt, models.ACKNOWLEDGED, said, {"kind": kind, "desk": desk, "post": post}, at, by)
    place, said_at = f"{desk}:{post or ''}", said.stated_at or at
    if debt.agency == agency and debt.acknowledged != "taken":
        debt.acknowledged, debt.acknowledged_at, debt.acknowledged_by = kind, said_at, place
    seen_by_post([debt], place, at)
    if kind == "taken":
        # A law's clock is reminded of until it is met, whoever has it in hand.
        stop([debt.id], at, calls_only=debt.force == "law")
    if by.member and said.via is None:
        notices.read(by.member, debt.id, at)
    record.append(entry)


def _refuse_unless_owed(debt: Obligation, said: Said, by: By) -> None:
    if refusal := may_answer(debt.agency, _speaker(said, by)[0]):
        raise NotAllowed(refusal)
    if refusal := still_owed(debt.state):
        raise Conflict(refusal)


def _speaker(said: Said, by: By) -> tuple[str, str, str | None]:
    """Whose answer it is: the typist's, or that of whoever said it to the typist."""
    speaker = (said.via or {}).get("from") or {}
    agency = speaker.get("agency") or by.agency
    if agency == by.agency:
        return agency, speaker.get("desk") or by.desk, speaker.get("post") or by.post
    return agency, speaker.get("desk") or f"{agency}/duty", speaker.get("post")


def _draft(debt: Obligation, kind: str, said: Said, data: dict[str, Any], at: datetime, by: By) -> Draft:
    if said.stated_at is not None and said.stated_at > at:
        words = "stated_at lies in the future; what was said has an instant no later than now."
        raise BadInput(words, errors=[{"pointer": "/stated_at", "detail": words}])
    told: dict[str, Any] = {"obligation": debt.id, "rule": debt.rule, **data}
    if said.stated_at is not None:
        told["stated_at"] = said.stated_at
    if said.via is not None:
        told["via"] = dict(said.via)
        by = replace(by, assurance="relayed")
        agency, desk, _ = _speaker(said, by)
        if agency != by.agency:
            told["on_behalf_of"] = desk
    texts = {**said.texts, "words": said.words, "via.words_by": said.words_by}
    db.session.flush()
    return Draft(debt.chain, kind, at, by, (debt.noun, debt.ref), debt.facts, told, texts)
