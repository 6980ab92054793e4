"""Web push: a notification in a browser that is closed, encrypted for that browser alone (RFC 8291, RFC 8292).

`http_ece` and `py_vapid` are the two halves of pywebpush; taken alone they spare its second HTTP client at every start.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import http_ece
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from incident_hub.kernel.text import canonical
from incident_hub.notify import doorstep
from incident_hub.notify.messages import Message, Outcome

from . import wording
from .channel import Settings
from .posting import let_through, post_outside

# What nobody fetched within this time is no call any more.
KEPT = timedelta(hours=4)
_FIELDS = ("endpoint", "p256dh", "auth")


@dataclass(frozen=True)
class WebPush:
    """A push to a browser that subscribed. Shape: settings under `HUB_PUSH`: key (PEM), subject (mailto: or https:)."""

    name: str = "web_push"
    carries: bool = True
    whose: str = "member"
    takes: str | None = "subscription"
    setting: str | None = "HUB_PUSH"
    timeout: float = 10.0
    at_once: int = 4

    def unset(self, settings: Settings) -> str | None:
        """The Hub's own key has to be there; it is made at the first start."""
        return None if settings.get("HUB_PUSH") else "this Hub has no key for web push (HUB_PUSH)"

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """A subscription as a browser gives it: {endpoint, p256dh, auth}."""
        try:
            held: Any = orjson.loads(value)
            fits = set(held) == set(_FIELDS) and all(isinstance(held[name], str) for name in _FIELDS)
            if not fits or len(_bytes(held["auth"])) != 16 or len(value) > 4000:
                raise ValueError("not a subscription")
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(held["p256dh"]))
        except (ValueError, TypeError, binascii.Error):
            return "That is no subscription of a browser."
        return doorstep.url_fault(held["endpoint"], let_through(settings))

    def send(self, message: Message, settings: Settings) -> Outcome:
        """Encrypt and post; 404 and 410 mean that the browser is gone. Units: the claim holds 12 hours."""
        held, push = orjson.loads(message.address), settings["HUB_PUSH"]
        sealed = http_ece.encrypt(
            canonical(composed(message, settings)), private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_bytes(held["p256dh"]), auth_secret=_bytes(held["auth"]), version="aes128gcm",
        )  # fmt: skip
        parts = urlsplit(held["endpoint"])
        claims: dict[str, str | int] = {
            "aud": f"{parts.scheme}://{parts.netloc}", "sub": push["subject"],
            "exp": int((message.at + timedelta(hours=12)).timestamp()),
        }  # fmt: skip
        headers = {
            "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm",
            "TTL": str(int(KEPT.total_seconds())), "Urgency": "high",
            # One delivery shows once, however often it is tried (RFC 8030, 5.4).
            "Topic": message.delivery_id[:32], **_key(push["key"]).sign(claims),
        }  # fmt: skip
        return post_outside(held["endpoint"], sealed, headers, self.timeout, let_through(settings))


def composed(message: Message, settings: Settings) -> dict[str, Any]:
    """What the service worker shows: a title, a text, and the page to open. 4 KiB at most reach a browser."""
    title = f"{message.mark} {wording.subject(message)}".strip()
    body = wording.short(message)
    path = message.matters[0].path if len(message.matters) == 1 else "/desk"
    return {"id": message.delivery_id, "title": title[:200], "body": body, "lang": message.spoken, "path": path}


def public_key(pem: str) -> str:
    """What a browser needs to subscribe: the public half, as it writes keys."""
    point = _key(pem).private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def new_key() -> str:
    """A key pair for this Hub, as PEM."""
    made = Vapid02()
    made.generate_keys()
    return made.private_pem().decode()


@cache
def _key(pem: str) -> Vapid02:
    return Vapid02.from_pem(pem.encode())


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


CHANNELS = (WebPush(),)
