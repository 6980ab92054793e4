"""Telephone numbers: with the country's code for machines, as people dial them for people."""

from __future__ import annotations

import re

_DIALLED = re.compile(r"\+?[0-9][0-9 ()\-]{2,28}(?:#|,| ?(?:ext|转) ?)?[0-9]{0,6}")
_WORLDWIDE = re.compile(r"\+[1-9][0-9]{6,14}")


def fault(value: str) -> str | None:
    """Why nobody could dial this; None when somebody could."""
    return None if _DIALLED.fullmatch(value) else "A telephone number has digits, spaces and dashes: 010-5550 0100."


def worldwide_fault(value: str) -> str | None:
    """Why a gateway could not dial this; None when it could."""
    return None if _WORLDWIDE.fullmatch(value) else "Write the number with its country's code: +8613900000000."
