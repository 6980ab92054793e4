"""Shapes of answers about the after-action review."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from incident_hub.incidents.shapes import CardFigure
from incident_hub.obligations.shapes import OwedBy


class Reviewed(TypedDict):
    """The operation under review."""

    code: str
    title: str
    zone: str
    exercise: bool
    phase: str
    plan: str


class DetailOut(TypedDict):
    """Of how many incidents the whole timeline is told."""

    timelines: int
    incidents: int


class Actor(TypedDict):
    """Who acted."""

    agency: str | None
    desk: str | None
    post: str | None
    assurance: str


class Told(TypedDict):
    """One line of a timeline."""

    at: datetime
    occurred_at: datetime | None
    kind: str
    text: str
    by: Actor | None
    via: str | None
    entered_late: bool
    struck: bool


class ReviewClock(TypedDict):
    """A clock and what was left when it was met. Units of slack: seconds, negative is late."""

    id: str
    rule: str
    title: str
    force: str
    basis: str | None
    confirmed: bool
    owed_by: OwedBy
    starts_at: datetime
    opened_at: datetime
    due_at: datetime
    entered_late: bool
    state: str
    met_at: datetime | None
    proof: str | None
    slack_s: int | None
    slack_entered_s: int | None
    reason: str | None


class ReviewAcknowledgement(TypedDict):
    """A seen or taken; `of` is the incident, or the rule whose clock it is."""

    at: datetime
    entered_at: datetime
    agency: str
    desk: str
    post: str | None
    kind: str
    of: str
    of_title: str | None
    via: str | None
    after_s: int | None


class Knew(TypedDict):
    """A desk that knew, as what and from when to when."""

    desk: str
    role: str
    since: datetime
    until: datetime | None


class ReviewIncident(TypedDict):
    """One incident as the desk may know it."""

    ref: str
    title: str
    type: str
    type_title: str
    grade: str | None
    attention: str | None
    status: str
    verification: str
    lead: str
    tlp: str
    opened_at: datetime
    occurred_at: datetime | None
    occurred_about: bool
    figures: dict[str, CardFigure]
    clocks: list[ReviewClock]
    acknowledgements: list[ReviewAcknowledgement]
    who_knew: list[Knew]
    timeline: list[Told]
    timeline_left_out: bool


class ClocksCounted(TypedDict):
    """How clocks ended, and the slack of those that were met."""

    n: int
    met: int
    met_late: int
    met_receipt: int
    met_stated: int
    missed: int
    not_applicable: int
    open: int
    superseded: int
    waived: int
    slack_n: int
    median_slack_s: float | None
    p10_slack_s: float | None
    p90_slack_s: float | None


class OfRule(ClocksCounted):
    """The clocks of a rule."""

    rule: str
    title: str
    force: str
    confirmed: bool


class OfAgency(ClocksCounted):
    """The clocks of an agency, and how soon it acknowledged."""

    agency: str
    acknowledged_n: int
    acknowledged_median_s: float | None
    acknowledged_p90_s: float | None


class ReviewFigures(TypedDict):
    """The figures of the whole operation, by rule and by agency; never by person."""

    n: int
    incidents: int
    clocks: int
    clocks_met: int
    clocks_met_late: int
    clocks_met_receipt: int
    clocks_met_stated: int
    clocks_missed: int
    clocks_not_applicable: int
    clocks_open: int
    clocks_superseded: int
    clocks_waived: int
    clocks_entered_late: int
    acknowledged_median_s: float | None
    acknowledged_p90_s: float | None
    by_rule: list[OfRule]
    by_agency: list[OfAgency]


class IntegrityOut(TypedDict):
    """Which feed it was read from, up to where, and the short mark of the record."""

    feed_position: int
    feed_hash: str | None
    plan: str
    record_mark: str | None


_Span = TypedDict("_Span", {"from": datetime, "to": datetime})


class ReviewOut(_Span):
    """The after-action report of an operation for one desk, newest incident first."""

    operation: Reviewed
    generated_at: datetime
    as_desk: str
    lang: str
    detail: DetailOut
    course: list[Told]
    incidents: list[ReviewIncident]
    figures: ReviewFigures
    names: dict[str, str]
    integrity: IntegrityOut
