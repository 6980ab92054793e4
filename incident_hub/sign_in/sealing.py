"""The key of second factors: outside the database, so that a copy of the database opens nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from incident_hub.kernel import keys
from incident_hub.kernel.errors import Conflict

LOST = "The key of the second factors is not the one they were sealed with; restore factors.key beside the database."


def sealed(words: str, whose: str) -> str:
    """A secret under the key, bound to its owner: moved to another row it no longer opens."""
    return keys.locked(_key(), words, whose)


def opened(kept: str, whose: str) -> str:
    """The secret again.

    Raises: Conflict when it was sealed with another key or for somebody else.
    """
    words = keys.unlocked(_key(), kept, whose)
    if words is None:
        raise Conflict(LOST)
    return words


def marked(words: str, whose: str) -> str:
    """What a short code is kept as: without the key it cannot be found by trying."""
    made = hmac.HMAC(_key(), hashes.SHA256())
    made.update(f"{whose}\n{words}".encode())
    return made.finalize().hex()


def link_secret(id: str, folder: str) -> str:
    """The secret of a link, made from its id under the key: what waits to be sent holds the id alone."""
    made = hmac.HMAC(_key(folder), hashes.SHA256())
    made.update(f"link\n{id}".encode())
    return base64.urlsafe_b64encode(made.finalize()).decode().rstrip("=")


def opened_link(path: str, settings: Mapping[str, Any]) -> str:
    """The address in a letter, from what waited to be sent: `/reset/<id>` becomes `/reset/<secret>`."""
    before, _, id = path.rpartition("/")
    return f"{before}/{link_secret(id, str(settings['HUB_FOLDER']))}"


def _key(folder: str | None = None) -> bytes:
    place = Path(folder or current_app.config["HUB_FOLDER"])
    return keys.kept(place / "factors.key", lambda: AESGCM.generate_key(256))
