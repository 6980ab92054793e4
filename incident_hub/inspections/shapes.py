"""Shapes of answers about visits."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title


class InspectorOut(TypedDict):
    """Who looks, by agency and post."""

    agency: str
    post: str


class VisitListed(TypedDict):
    """A visit in a list."""

    ref: str
    operation: str
    state: Literal["going", "signed", "refused", "concluded"]
    visit: Literal["announced", "unannounced", "follow_up", "mystery"]
    origin: str
    agency: str
    site: str | None
    desk: str | None
    inspectors: list[InspectorOut]
    begun_at: datetime
    outcome: Literal["signed", "refused"] | None
    outcome_at: datetime | None
    signed_by: InspectorOut | None
    refusal: str | None
    witness: InspectorOut | None
    concluded_at: datetime | None


class QuestionOut(TypedDict):
    """One question of a check-list; `confirmed` says whether its basis is known for sure."""

    code: str
    question: Title
    points: int
    grave: bool
    basis: str
    confirmed: bool


class ChecklistOut(TypedDict):
    """A check-list of the plan."""

    code: str
    title: Title
    items: list[QuestionOut]


class AnsweredOut(TypedDict):
    """What was found at one question."""

    checklist: str
    item: str
    answer: Literal["yes", "no", "not_applicable", "not_looked"]
    note: str | None
    at: datetime
    desk: str


class RaisedOut(TypedDict):
    """The hazard that a finding became."""

    ref: str
    title: str
    state: str
    grade: str
    overdue: bool
    deadline: datetime | None


class FindingOut(TypedDict):
    """What was found wrong."""

    id: str
    words: str
    checklist: str | None
    item: str | None
    at: datetime
    hazard: RaisedOut | None


class CountedOut(TypedDict):
    """How many questions were answered how."""

    yes: int
    no: int
    not_applicable: int
    not_looked: int


class ScoreOut(TypedDict):
    """Points of those possible; `open` are questions nobody answered, `grave` those that fail a visit alone."""

    points: int
    possible: int
    counted: CountedOut
    open: list[str]
    grave: list[str]


class PhotographOut(TypedDict):
    """Which photograph belongs to which question."""

    file: str
    checklist: str | None
    item: str | None


class VisitOut(VisitListed):
    """One visit with its questions, answers, findings and score, and what the asker may do."""

    checklists: list[ChecklistOut]
    answers: list[AnsweredOut]
    findings: list[FindingOut]
    score: ScoreOut
    photographs: list[PhotographOut]
    may: list[str]


class Begun(TypedDict):
    """The visit that was begun, by its reference."""

    ref: str


class Stated(TypedDict):
    """What it was said of, and when."""

    ref: str
    at: datetime
