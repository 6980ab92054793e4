"""From hand to hand: offered by the desk that holds, counted and accepted or refused by the one that takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.custody import course, queries
from incident_hub.custody.models import ACCEPTED, OFFERED, RECALLED, REFUSED
from incident_hub.incidents.stated import Via
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say

from .stating import free, refuse_field, refuse_if_empty, state
from .stating import refuse as stop


@dataclass(frozen=True)
class Taken:
    """What the taker found: the count, the seal as it was seen, where it is put, and what differs in a sentence."""

    counted: int
    seal: str | None = None
    place: str | None = None
    words: str = ""


def offer(found: queries.Found, to: str, deadline: datetime | None, words: str, at: datetime, by: By) -> None:
    """Offer it to another desk that knows of the incident; that desk owes an answer by the plan. Tells: item.offered.

    It stays with the giver until it is accepted. Raises: BadInput for a desk that cannot take it.
    """
    row = found.row
    stop(course.may_give(queries.standing(row), by.desk))
    if refusal := course.may_take(to, row.holder, found.circle()):
        raise refuse_field("to", refusal)
    agency = agencies.agency(to.partition("/")[0])
    if agency and agency.membership == "contact_only":
        raise refuse_field(
            "to", say("{to} does not work here; state it as handed over, with the paper receipt.", to=to)
        )
    if deadline and deadline <= at:
        raise refuse_field("deadline", "The deadline has passed already; name one that can be kept.")
    row.state, row.offered_to, row.answer_by = "offered", to, deadline
    codes = {"from": row.holder, "to": to, "addressed": [to]} | ({"deadline": deadline} if deadline else {})
    state(found, OFFERED, at, by, codes, giver=row.holder, taker=to, words=words or None)


def accept(found: queries.Found, taken: Taken, via: Via | None, at: datetime, by: By) -> None:
    """Accept it as counted; from now on it is the taker's. Tells: item.accepted.

    What differs from the offer is told in a sentence, and the giver then owes an explanation by the plan.
    Raises: BadInput when it is not told.
    """
    row = found.row
    one, count = queries.standing(row), course.Count(taken.counted, taken.seal)
    stop(course.may_answer(one, by.desk))
    if refusal := course.unexplained(one, count, taken.words):
        raise refuse_field("words", refusal)
    giver, differs = row.holder, course.differs(one, count)
    codes = {
        "from": giver, "to": by.desk, "counted": taken.counted, "offered": one.quantity, "seal_offered": one.seal,
        "differs": "yes" if differs else "no", "addressed": [giver],
    }  # fmt: skip
    row.quantity, row.seal, row.place, row.holder = taken.counted, taken.seal or None, taken.place or None, by.desk
    free(row)
    state(
        found, ACCEPTED, at, by, codes, via=via, giver=giver, taker=by.desk, differs=differs, words=taken.words or None
    )  # fmt: skip


def refuse(found: queries.Found, reason: str, via: Via | None, at: datetime, by: By) -> None:
    """Refuse it with the reason; it stays with the giver. Tells: item.refused."""
    row = found.row
    stop(course.may_answer(queries.standing(row), by.desk))
    refuse_if_empty("reason", reason, "Say why you do not take it.")
    free(row)
    codes = {"from": row.holder, "to": by.desk}
    state(found, REFUSED, at, by, codes, via=via, giver=row.holder, taker=by.desk, words=reason)


def recall(found: queries.Found, reason: str, at: datetime, by: By) -> None:
    """Take an offer back before it is answered. Tells: item.recalled."""
    row = found.row
    stop(course.may_recall(queries.standing(row), by.desk))
    refuse_if_empty("reason", reason, "Say why the offer is taken back.")
    to = row.offered_to
    free(row)
    state(found, RECALLED, at, by, {"from": row.holder, "to": to}, giver=row.holder, taker=to, words=reason)
