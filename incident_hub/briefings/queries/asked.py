"""What every section is asked: for whom, in which operation, and of which period."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from incident_hub.briefings.period import Period
from incident_hub.briefings.reading import Block, Reader
from incident_hub.incidents.counting import queries as counting
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Plan


@dataclass(frozen=True)
class Asked:
    """One desk that asks. What several sections look at is read once."""

    operation: operations.Operation
    desk: str
    desk_id: int
    period: Period

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return operations.plan_of(self.operation.plan_version)

    @cached_property
    def incidents(self) -> list[counting.Standing]:
        """The incidents as they stood at the cut-off; what is only heard of is left out, it may be nothing."""
        found = counting.standing(self.operation.id, self.desk_id, self.period.at)
        return [one for one in found if one.status != "heard" and one.created_at <= self.period.until]

    def in_period(self, at: object) -> bool:
        """Whether an instant lies in the period."""
        return at is not None and self.period.since < at <= self.period.until  # type: ignore[operator]


class Section(Protocol):
    """One part of the briefing: a file of this folder, found by itself.

    Shape: `told` gives codes, numbers and instants, or None where there is nothing of it for this desk; `blocks` says
    the same in words, as paper and page show it. Neither reads a clock.
    """

    CODE: str
    PLACE: int
    TITLE: tuple[str, str]

    def told(self, asked: Asked) -> dict[str, Any] | None: ...

    def blocks(self, told: dict[str, Any], reader: Reader) -> list[Block]: ...
