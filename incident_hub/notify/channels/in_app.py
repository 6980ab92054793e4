"""In the application: the live room shows what is in the record, so nothing has to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub.agencies.queries import Member
from incident_hub.notify.messages import Message, Outcome


class InApp:
    """The banner and the sound in an open tab."""

    name = "in_app"
    carries = False

    def address_of(self, member: Member) -> str | None:
        """A member is reached wherever the member is signed in."""
        return member.id

    def send(self, message: Message, settings: Mapping[str, Any]) -> Outcome:
        """There is nothing to hand over."""
        return Outcome(accepted=True)


CHANNEL = InApp()
