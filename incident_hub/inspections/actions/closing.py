"""How a visit ends: signed by the inspected, or refused before a witness, and then concluded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from incident_hub.inspections import queries
from incident_hub.inspections.models import CONCLUDED, REFUSED, SIGNED, Inspection
from incident_hub.inspections.visit import may_conclude, may_take_note
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.operations import queries as operations

from .stating import inspected, refuse_closed, refuse_others, refuse_seat, refuse_unless_going, state


def sign(found: Inspection, at: datetime, by: By) -> None:
    """The inspected sign what was answered and found; after that it stands. Tells: inspection.signed."""
    refuse_closed(found)
    if by.agency != found.agency:
        raise NotAllowed(
            say("{agency} signs this; if they will not, state the refusal and before whom.", agency=found.agency)
        )
    _refuse_unanswered(found)
    found.outcome, found.outcome_at = "signed", at
    found.signed_by = {"agency": by.agency, "post": by.post}
    state(found, SIGNED, at, by, {"sha256": _print(found)})


def refuse(found: Inspection, words: str, witness: Mapping[str, str], at: datetime, by: By) -> None:
    """State that the inspected did not sign, in their words and before a witness. Tells: inspection.refused."""
    refuse_unless_going(found, by)
    if witness["agency"] == found.agency:
        raise BadInput("The witness is of the agency that is inspected; name another one.")
    refuse_seat("witness", witness, operations.participants(found.chain))
    _refuse_unanswered(found)
    found.outcome, found.outcome_at = "refused", at
    found.refusal, found.witness = words, dict(witness)
    state(found, REFUSED, at, by, {"witness": found.witness, "sha256": _print(found)}, {"words": words})


def conclude(found: Inspection, at: datetime, by: By) -> None:
    """Conclude a visit: every answer and the score are stated, and the inspected know. Tells: inspection.concluded."""
    if found.concluded_at:
        raise Conflict("This visit is concluded already.")
    refuse_others(found, by)
    score = queries.score_of(found)
    if refusal := may_conclude(found.visit, found.outcome, score.open):
        raise Conflict(refusal)
    found.concluded_at = at
    knowing = inspected(found.agency)
    if knowing:
        record.disclose_all(found.chain, queries.subject(found), knowing, "full", at, by.desk)
    answers = {f"{one.checklist}/{one.item}": one.answer for one in queries.answers_of(found)}
    state(found, CONCLUDED, at, by, {"answers": answers, "sha256": _print(found)} | asdict(score))


def _refuse_unanswered(found: Inspection) -> None:
    if refusal := may_take_note(queries.score_of(found).open):
        raise Conflict(refusal)


def _print(found: Inspection) -> str:
    db.session.flush()
    return queries.fingerprint(found)
