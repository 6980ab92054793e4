"""Shapes of answers about what is owed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title


class OwedBy(TypedDict):
    """The post that owes."""

    agency: str
    desk: str
    post: str


class SubjectOut(TypedDict):
    """What a debt is about, the page that shows it, and what people call it."""

    kind: str
    ref: str
    page: str | None
    label: Title


class NextStep(TypedDict):
    """The next rung of the ladder; `to` reads party:post."""

    at: datetime
    kind: str
    to: list[str]
    channels: list[str]
    round: int


class AcknowledgedOut(TypedDict):
    """Who said so, at which desk and post, and when."""

    kind: Literal["seen", "taken"]
    at: datetime
    agency: str
    desk: str
    post: str | None


class ExplanationOut(TypedDict):
    """Why it was late, missed or left undone."""

    code: str
    words: str | None
    at: datetime


class MovedFrom(TypedDict):
    """The debt of another desk that it goes on from; with its operation where that ended."""

    id: str
    agency: str
    desk: str
    post: str
    operation: NotRequired[str]
    noun: NotRequired[str]


class ObligationOut(TypedDict):
    """Who owes what, by when, and how it ended; `may` is what the asker may do about it."""

    id: str
    operation: str
    rule: str
    title: Title | None
    what: Title | None
    force: Literal["law", "order", "plan", "own"]
    basis: str | None
    confirmed: bool
    target: bool
    pre_report: bool
    plan_version: str
    plan_in_force: bool
    kind: str
    by_hand: bool
    exercise: bool
    subject: SubjectOut
    owed_by: OwedBy
    why: str
    starts_at: datetime
    opened_at: datetime
    entered_late: bool
    moved_from: MovedFrom | None
    due_at: datetime
    original_due_at: datetime | None
    occurrence: str | None
    about: str | None
    state: Literal["open", "met", "met_late", "missed", "waived", "not_applicable", "superseded"]
    acknowledged: AcknowledgedOut | None
    met_at: datetime | None
    proof: str | None
    completeness: str | None
    slack_s: float | None
    slack_entered_s: float | None
    reason: str | None
    reason_wanted: bool
    explanation: ExplanationOut | None
    exhausted_at: datetime | None
    next_step: NextStep | None
    mine: NotRequired[bool]
    may: NotRequired[list[str]]


class MyDeskOut(TypedDict):
    """What my desk owes, which posts I hold there, the calls I have not answered, and what wants a reason."""

    desk: str
    posts: list[str]
    obligations: list[ObligationOut]
    called: list[str]
    to_explain: list[ObligationOut]


class StandingOut(TypedDict):
    """A standing operation that could take over what is left."""

    code: str
    title: Title


class ClosingOut(TypedDict):
    """What closing an operation would leave open, as far as one may know, and where it could be carried."""

    items: list[ObligationOut]
    standing: list[StandingOut]
