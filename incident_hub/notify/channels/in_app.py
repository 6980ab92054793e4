"""In the application: the live room shows what is in the record, so nothing has to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from incident_hub.notify.messages import Message, Outcome

from .channel import Settings


@dataclass(frozen=True)
class InApp:
    """The banner and the sound in an open tab."""

    name: str = "in_app"
    carries: bool = False
    whose: str = "none"
    takes: str | None = None
    setting: str | None = None
    timeout: float = 1.0
    at_once: int = 1

    def unset(self, settings: Settings) -> str | None:
        """It is always there."""
        return None

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """A member is reached wherever the member is signed in."""
        return "The application needs no address."

    def send(self, message: Message, settings: Settings) -> Outcome:
        """There is nothing to hand over."""
        return Outcome(accepted=True)


CHANNELS = (InApp(),)
