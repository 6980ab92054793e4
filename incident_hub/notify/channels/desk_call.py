"""Desk call: a person at a manned post is given a name, a number and the sentence to say, and answers what came of it.

For agencies that are reached by telephone alone. Nothing leaves the Hub; the call sheet of the calling desk shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from incident_hub.notify.messages import Message, Outcome

from . import telephone
from .channel import Settings


@dataclass(frozen=True)
class DeskCall:
    """A line on the call sheet of the desk that owes, or leads."""

    name: str = "desk_call"
    carries: bool = False
    whose: str = "desk"
    takes: str | None = "telephone"
    setting: str | None = None
    timeout: float = 1.0
    at_once: int = 1

    def unset(self, settings: Settings) -> str | None:
        """Somebody who can hold a telephone is all it needs."""
        return None

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """A telephone number."""
        return telephone.fault(value)

    def send(self, message: Message, settings: Settings) -> Outcome:
        """It is made by a person and answered on the call sheet."""
        return Outcome(accepted=True)


CHANNELS = (DeskCall(),)
