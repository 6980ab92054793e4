"""Passwords: Argon2id, hashed off the loop and never inside a unit of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gevent
from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from gevent import monkey

# How long a password must be at least that a member chooses. Units: characters.
SHORTEST = 12
_Given = TypeVar("_Given")


class _Settings:
    hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def use(parameters: Parameters) -> None:
    """Hash with other parameters from now on; what was hashed before still verifies."""
    _Settings.hasher = PasswordHasher.from_parameters(parameters)


def hashed(password: str) -> str:
    """The hash a password is kept as."""
    return _aside(_Settings.hasher.hash, password)


def holds(kept: str | None, password: str) -> bool:
    """Whether a password is the one; for nobody's hash the same work is done, so that time says nothing."""
    if kept is None:
        hashed(password)
        return False
    return _aside(_checked, kept, password)


def _checked(kept: str, password: str) -> bool:
    try:
        return _Settings.hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _aside(work: Callable[..., _Given], *parts: Any) -> _Given:
    # Argon2 takes a tenth of a second of C; on the loop it would stop every socket and every clock.
    if monkey.is_module_patched("threading"):
        return gevent.get_hub().threadpool.apply(work, parts)
    return work(*parts)
