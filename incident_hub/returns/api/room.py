"""What the doors of returns have in common: how a line arrives, and how an outcome goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from incident_hub.kernel.doors import Room, Shape
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say_both
from incident_hub.returns.line import Line, Outcome, Unknown

room = Room("returns")
Code = Annotated[str, Field(min_length=1, max_length=96)]
Text = Annotated[str, Field(max_length=2000)]
WRITES = (403, 404, 409, 422)


class UnknownIn(Shape):
    """A number nobody has yet."""

    category: Code
    reason: Annotated[str, Field(min_length=1, max_length=400)]
    expected_by: AwareDatetime


class StatedIn(Shape):
    """What is stated of a unit and a local date; every category is in `counts` or in `unknown`."""

    counts: Annotated[dict[Code, int], Field(max_length=60)]
    unknown: Annotated[list[UnknownIn], Field(max_length=60, default_factory=list)]
    explanation: Text = ""
    statement: Text = ""
    stated_by: Annotated[str, Field(min_length=1, max_length=120)]
    origin: Literal["own", "told", "system", "assumed"] = "own"
    checked_how: Text = ""
    compiled_by: Annotated[str, Field(max_length=120)] = ""
    approved_by: Annotated[str, Field(max_length=120)] = ""
    late_reason: Text = ""

    def of(self, unit: str, day: date, *, channel: str, stated_at: datetime | None = None, place: int = 1) -> Line:
        """The same of this unit and date, as the room judges it."""
        unknown = {one.category: Unknown(one.reason, one.expected_by) for one in self.unknown}
        kept = self.model_dump(include=set(StatedIn.model_fields) - {"counts", "unknown"})
        return Line(
            unit, day, dict(self.counts), unknown, channel=channel, stated_at=stated_at, place=place, **kept
        )  # fmt: skip


class ReturnIn(StatedIn):
    """The same with the unit and the date it is for, and how and when it was said."""

    unit: Code
    date: date
    stated_at: AwareDatetime | None = None
    channel: Literal["hub", "phone", "radio", "fax", "paper", "face"] = "hub"

    def line(self, place: int = 1) -> Line:
        """The same as the room judges it."""
        return self.of(self.unit, self.date, channel=self.channel, stated_at=self.stated_at, place=place)


def told(outcome: Outcome) -> dict[str, Any]:
    """What became of one line."""
    row = asdict(outcome)
    return row | {"date": row.pop("day").isoformat(), "row": row.pop("place")}


def not_taken(outcome: Outcome) -> BadInput:
    """The refusal of a line by itself: `errors` as everywhere, `refusals` the same in both languages."""
    errors = [{"pointer": one.pointer, "detail": say_both(one.words.en, one.words.zh)} for one in outcome.refused]
    return BadInput(errors[0]["detail"], errors=errors, refusals=[asdict(one) for one in outcome.refused])


def tally(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many went in, said the same, and were refused."""
    refused = sum(1 for one in outcomes if one.refused)
    same = sum(1 for one in outcomes if one.same)
    return {"filed": len(outcomes) - refused - same, "same": same, "refused": refused}
