"""An authenticator's codes (RFC 6238): which step a code belongs to, and the picture that carries the secret over."""

from __future__ import annotations

import hmac
from datetime import datetime
from io import BytesIO

import segno
from pyotp import random_base32
from pyotp.totp import TOTP

# Units: seconds.
STEP = 30
ISSUER = "Incident Hub"


def new_secret() -> str:
    """160 random bits, as authenticators read them."""
    return random_base32()


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step a code belongs to: this one, the one before or the one after, for no two clocks agree.

    Shape: None when it belongs to none of them. Every step is compared, so that time says nothing.
    """
    now, found = int(at.timestamp()) // STEP, None
    made = TOTP(secret)
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(made.at(step * STEP).encode(), code.encode()):
            found = step
    return found


def address(secret: str, login: str) -> str:
    """What an authenticator reads from the picture."""
    return TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def picture(secret: str, login: str) -> bytes:
    """The address as a QR code: SVG without any style or script, black on white whatever the page's colours are."""
    out = BytesIO()
    segno.make(address(secret, login), error="m").save(out, kind="svg", scale=5, light="#fff", border=3)
    return out.getvalue()
