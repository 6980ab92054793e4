"""What every channel promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from incident_hub.agencies.queries import Member
from incident_hub.notify.messages import Message, Outcome


class Channel(Protocol):
    """A way to reach a person.

    Shape: `name` is the word a plan uses; `carries` is False where nothing has to be sent and the notice counts as
    sent when it is prepared.
    """

    name: str
    carries: bool

    def address_of(self, member: Member) -> str | None:
        """Where this member is reached; None when this channel cannot reach the member."""
        ...

    def send(self, message: Message, settings: Mapping[str, Any]) -> Outcome:
        """Hand a message over; every try of a delivery carries the same id. Never raises for a failed delivery."""
        ...
