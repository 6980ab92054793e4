"""What every channel promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from incident_hub.notify.messages import Message, Outcome

Settings = Mapping[str, Any]


class Channel(Protocol):
    """A way to reach a person, or a desk.

    Shape: `name` is the word a plan uses; `carries` is False where the Hub sends nothing out; `whose` says whose
    address it needs: none, member (one of their own), directory (the member's e-mail) or desk; `takes` is what an
    address looks like (telephone, robot, subscription, topic …) as a code; `setting` is the key under which it is set
    up, None where nothing has to be.
    Units: `timeout` in seconds for one delivery, less than half of `retry.STALE`; `at_once` is how many deliveries may
    be under way together, so that a slow receiver holds up only so many.
    """

    @property
    def name(self) -> str: ...

    @property
    def carries(self) -> bool: ...

    @property
    def whose(self) -> str: ...

    @property
    def takes(self) -> str | None: ...

    @property
    def setting(self) -> str | None: ...

    @property
    def timeout(self) -> float: ...

    @property
    def at_once(self) -> int: ...

    def unset(self, settings: Settings) -> str | None:
        """What is missing before it can be used at all, as a sentence; None when it is set up."""
        ...

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """Why something is no address for this channel, as a sentence; None when it is one."""
        ...

    def send(self, message: Message, settings: Settings) -> Outcome:
        """Hand a message over; every try of a delivery carries the same id. Never raises for a failed delivery."""
        ...
