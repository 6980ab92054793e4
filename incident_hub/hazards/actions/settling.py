"""Settling the five things: who answers for it, the measure, the funds, the deadline and the interim plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.hazards import course, queries
from incident_hub.hazards.models import SETTLED, Hazard
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.operations import queries as operations

from .stating import refuse_field, state


@dataclass(frozen=True)
class Settlement:
    """The five things, and what a major hazard wants beside them. Shape: `post` is one of the owner's desk."""

    post: str | None = None
    measure: str | None = None
    funds: str | None = None
    deadline: datetime | None = None
    interim: str | None = None
    grade: str | None = None
    supervisor: str | None = None


def settle(row: Hazard, settlement: Settlement, at: datetime, by: By) -> None:
    """Settle all five, or be told which is missing; from now on its deadline runs. Tells: hazard.settled.

    An interim control that was said when it was found stands for the plan unless there is a better one. A hazard may be
    found to be major here; it is never made less.
    """
    one = queries.standing(row)
    if refusal := course.may_settle(one):
        raise Conflict(refusal)
    five = {name: value for name, value in asdict(settlement).items() if name in course.FIVE}
    five["interim"] = five["interim"] or row.interim
    _refuse_unsound(row, five, at)
    grade = settlement.grade or row.grade
    if row.grade == "major" and grade != "major":
        raise refuse_field("grade", "A hazard that was found to be major stays major.")
    supervisor = settlement.supervisor or row.supervisor
    if refusal := course.may_supervise(
        replace(one, grade=grade), supervisor, queries.of(row, by), queries.known_to(row)
    ):
        raise refuse_field("supervisor", refusal)
    for name, value in (five | {"grade": grade, "supervisor": supervisor}).items():
        setattr(row, name, value)
    row.state = "settled"
    if supervisor:
        _let_know(row, supervisor, at, by)
    texts = {name: str(five[name]) for name in ("measure", "funds", "interim")}
    told = {"post": row.post, "deadline": row.deadline, "supervisor": supervisor, "addressed": [row.owner]}
    state(row, SETTLED, told, at, by, texts=texts)


def _refuse_unsound(row: Hazard, five: dict[str, Any], at: datetime) -> None:
    if names := course.missing(five):
        errors = [{"pointer": f"/{name}", "detail": say("Say {what}.", what=course.FIVE[name])} for name in names]
        raise BadInput(course.lacking(names), errors=errors)
    if five["deadline"] <= at:
        raise refuse_field("deadline", "The deadline has passed already; name one that can be kept.")
    desk = agencies.desk(row.owner)
    posts = [one.code for one in agencies.posts_of(desk.id)] if desk else []
    if five["post"] not in posts:
        raise refuse_field("post", say("{owner} has no such post; it has {posts}.", owner=row.owner, posts=posts))


def _let_know(row: Hazard, supervisor: str, at: datetime, by: By) -> None:
    desk = agencies.desk(supervisor)
    if desk is None or desk.agency not in operations.participants(row.chain):
        raise refuse_field("supervisor", say("No desk {supervisor} takes part here.", supervisor=supervisor))
    record.disclose(row.chain, queries.subject(row), desk.id, "support", "full", at, by.desk)
