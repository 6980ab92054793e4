"""What the doors of one's own account take and give."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from incident_hub.agencies import passwords
from incident_hub.kernel.doors import Shape


class KeyOut(Shape):
    """One of the asker's passkeys."""

    id: str
    label: str
    made_at: datetime
    used_at: datetime | None


class FactorsOut(Shape):
    """What the asker has set up, and what their agencies ask."""

    totp_since: datetime | None
    passkeys: list[KeyOut]
    codes_left: int
    pin_since: datetime | None
    linked: list[str]
    wanted: bool


class TokenOut(Shape):
    """One of the asker's tokens that still holds; its secret was shown once and is kept nowhere."""

    id: str
    label: str
    desk: str
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class Tokens(Shape):
    """The asker's tokens that still hold, the newest first."""

    items: list[TokenOut]
    next: str | None


class Offered(Shape):
    """An authenticator's secret, until its first code was right; the picture is at /account/totp.svg."""

    secret: str
    address: str


class Goes(Shape):
    """Where the browser is to go."""

    location: str


class Codes(Shape):
    """Ten recovery codes, shown this once."""

    codes: list[str]


class KeyIn(Shape):
    """A passkey a browser made, and what to call it."""

    label: str = Field(min_length=1, max_length=64)
    credential: dict[str, object]


class PinIn(Shape):
    """6 to 12 digits."""

    pin: str = Field(min_length=6, max_length=12)


class PasswordIn(Shape):
    """The password so far, and the one from now on."""

    password: str = Field(min_length=1, max_length=1024)
    new: str = Field(min_length=passwords.SHORTEST, max_length=1024)
