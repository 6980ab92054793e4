"""The room of these doors, and what several of them take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from incident_hub.agencies.standing import Asker
from incident_hub.kernel.doors import Room, Shape
from incident_hub.kernel.errors import NotAllowed

room = Room("sign_in")


class CodeIn(Shape):
    """Six digits of an authenticator, or one of the ten recovery codes."""

    code: str = Field(min_length=6, max_length=32)


class ShownIn(Shape):
    """What a browser's passkey answered, as WebAuthn writes it."""

    credential: dict[str, Any]


class SignedIn(Shape):
    """A session began; every change repeats `csrf` as X-CSRF-Token."""

    csrf: str
    desk: str
    expires_at: datetime
    awaits: Literal["factor", "enrolment"] | None


class Options(Shape):
    """What the browser is asked, as WebAuthn writes it."""

    options: dict[str, Any]


class Done(Shape):
    """It is done."""

    done: bool


def person(asker: Asker) -> Asker:
    """Whoever signed in themselves; neither a script nor a shared desk arranges how somebody signs in.

    Raises: NotAllowed.
    """
    if asker.session is None or asker.assurance != "personal":
        raise NotAllowed("Sign in yourself first; neither a token nor a shared desk may do this.")
    return asker
