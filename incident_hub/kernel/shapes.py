"""Shapes of answers that every room uses: a refusal, who acted, how it was said, a list, a file.

An answer is described by the TypedDict that its door `gives`; the API document is made of these, and a field that is
sent and stands in none of them is a fault.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, Literal, NotRequired, TypeVar

from typing_extensions import TypedDict

Item = TypeVar("Item")
Assurance = Literal["personal", "desk", "relayed", "service"]
# Both languages of a title or a sentence; a plan may know others.
Title = dict[str, str]


class Listed(TypedDict, Generic[Item]):
    """A list, and the cursor by which it goes on; null at its end."""

    items: list[Item]
    next: str | None


class Named(TypedDict):
    """What was made, by its id."""

    id: str


class Fault(TypedDict):
    """One field at fault."""

    pointer: str
    detail: str
    detail_zh: NotRequired[str]


class FoundValue(TypedDict):
    """Where a text holds what looks like a value of a person."""

    pointer: str
    kind: str
    start: int
    end: int


class Moved(TypedDict):
    """A field that somebody else changed meanwhile, with both values."""

    field: str
    yours: Any
    theirs: Any


class Both(TypedDict):
    """Both values of a line that somebody else wrote meanwhile."""

    yours: Any
    theirs: Any


class Refused(TypedDict):
    """Why a field of a return was not taken, in both languages."""

    pointer: str
    words: Title


class PlanFault(TypedDict):
    """What is wrong in a plan, where, and what to do."""

    line: int
    column: int
    rule: str
    message: str
    hint: str | None


class Problem(TypedDict):
    """A refusal (RFC 9457): its stable type, and one sentence that says what to do.

    Shape: `errors` where fields are at fault; `fields` where somebody else changed them, of a report by the code of its
    line; `personal` and `choices` where a text holds values of persons; `refusals` of a return, `faults` of a plan;
    `sha256` of a report as it reads now, `report` that amends it; `open` debts without a fate; `retry_after` seconds.
    """

    type: str
    title: str
    status: int
    detail: str
    detail_zh: NotRequired[str]
    title_zh: NotRequired[str]
    errors: NotRequired[list[Fault]]
    fields: NotRequired[list[Moved] | dict[str, Both]]
    report: NotRequired[str]
    personal: NotRequired[list[FoundValue]]
    choices: NotRequired[list[str]]
    words: NotRequired[Title]
    refusals: NotRequired[list[Refused]]
    faults: NotRequired[list[PlanFault]]
    sha256: NotRequired[str]
    open: NotRequired[list[str]]
    retry_after: NotRequired[int]


class ByOut(TypedDict):
    """Who acted: codes, the name where there is one, and how sure the Hub is of it."""

    agency: str | None
    desk: str | None
    post: str | None
    name: str | None
    assurance: Assurance


class SpeakerOut(TypedDict):
    """Who said it."""

    agency: str | None
    desk: str | None
    post: str | None
    words_by: str | None


Channel = Literal["phone", "radio", "fax", "paper", "face"]
ViaOut = TypedDict(
    "ViaOut", {"channel": Channel, "from": SpeakerOut, "stated_at": datetime | None, "words": str | None}
)
ViaOut.__doc__ = "How it reached the Hub when it was not typed by its author."
