"""How an answer to a debt is said: by whom, through what, and the entry it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.obligations.answer import may_answer, still_owed
from incident_hub.obligations.models import Obligation


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


def refuse_unless_owed(debt: Obligation, said: Said, by: By) -> None:
    """Stop an answer by another agency than the owing one, or to what is owed no longer.

    Raises: NotAllowed, Conflict.
    """
    if refusal := may_answer(debt.agency, speaker(said, by)[0]):
        raise NotAllowed(refusal)
    if refusal := still_owed(debt.state):
        raise Conflict(refusal)


def refuse_if_empty(field: str, words: str, ask: str) -> None:
    """Stop what has to be said in words and is not. Raises: BadInput."""
    if not words.strip():
        raise BadInput(ask, errors=[{"pointer": f"/{field}", "detail": "It is empty."}])


def speaker(said: Said, by: By) -> tuple[str, str, str | None]:
    """Whose answer it is: the typist's, or that of whoever said it to the typist."""
    spoke = (said.via or {}).get("from") or {}
    agency = spoke.get("agency") or by.agency
    if agency == by.agency:
        return agency, spoke.get("desk") or by.desk, spoke.get("post") or by.post
    return agency, spoke.get("desk") or f"{agency}/duty", spoke.get("post")


def draft(debt: Obligation, kind: str, said: Said, data: dict[str, Any], at: datetime, by: By) -> Draft:
    """The entry about a debt, with how it was said. Raises: BadInput for what is said in the future."""
    if said.stated_at is not None and said.stated_at > at:
        words = "stated_at lies in the future; what was said has an instant no later than now."
        raise BadInput(words, errors=[{"pointer": "/stated_at", "detail": words}])
    told: dict[str, Any] = {"obligation": debt.id, "rule": debt.rule, **data}
    if said.stated_at is not None:
        told["stated_at"] = said.stated_at
    if said.via is not None:
        told["via"] = dict(said.via)
        by = replace(by, assurance="relayed")
        agency, desk, _ = speaker(said, by)
        if agency != by.agency:
            told["on_behalf_of"] = desk
    texts = {**said.texts, "words": said.words, "via.words_by": said.words_by}
    db.session.flush()
    return Draft(debt.chain, kind, at, by, (debt.noun, debt.ref), debt.facts, told, texts)
