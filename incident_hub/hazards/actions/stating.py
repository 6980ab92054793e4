"""How a step of a hazard is written down: in its history and in the record, by the same instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incident_hub.hazards import queries
from incident_hub.hazards.models import Hazard, HazardStep
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque


def state(
    row: Hazard,
    kind: str,
    codes: Mapping[str, Any],
    at: datetime,
    by: By,
    *,
    words: str = "",
    further: str = "",
    texts: Mapping[str, str] | None = None,
    desks: tuple[int, ...] | None = None,
) -> None:
    """State one step. Shape: `words` and `further` are kept with it; `texts` go into the record beside them."""
    who = {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name, "assurance": by.assurance}
    step = HazardStep(
        id=opaque(), ref=row.ref, number=len(queries.steps_of(row.ref)) + 1, deed=kind.partition(".")[2],
        words=words or None, further=further or None, codes=dict(codes), at=at, by=who, desk=by.desk_id,
        member=by.member,
    )  # fmt: skip
    if desks is None:
        # What only some may know is no part of the history that all of them read.
        db.session.add(step)
    db.session.flush()
    data = {"grade": row.grade, "origin": row.origin, "agency": row.agency, "site": row.site, **codes}
    told = {"words": words, "further": further, **(texts or {})}
    record.append(Draft(row.chain, kind, at, by, queries.subject(row), queries.facts(row), data, told, desks))


def refuse_if_empty(field: str, words: str, ask: str) -> None:
    """Stop what has to be said in words and is not. Raises: BadInput."""
    if not words.strip():
        raise BadInput(ask, errors=[{"pointer": f"/{field}", "detail": ask}])


def refuse_field(field: str, told: str) -> BadInput:
    """A refusal that points at one field."""
    return BadInput(told, errors=[{"pointer": f"/{field}", "detail": told}])
