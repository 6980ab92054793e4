"""Keys of the Hub lie in files beside the database: made on first use, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The key in a file, whole; made when the file is not there.

    Two processes may come here at once: the first to hang its key up is the one that counts, and no half of it is read.
    """
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()


def locked(key: bytes, words: str, whose: str) -> str:
    """Words under a key, bound to their owner: moved to another row they no longer open."""
    nonce = secrets.token_bytes(_NONCE)
    return b64encode(nonce + AESGCM(key).encrypt(nonce, words.encode(), whose.encode())).decode()


def unlocked(key: bytes, kept: str, whose: str) -> str | None:
    """The words again; None when they were locked with another key or for somebody else."""
    raw = b64decode(kept)
    try:
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], whose.encode()).decode()
    except InvalidTag:
        return None
