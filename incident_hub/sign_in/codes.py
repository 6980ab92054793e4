"""Codes that people keep in a drawer or in their heads: recovery codes and PINs. Pure."""

from __future__ import annotations

import secrets
from itertools import pairwise

HOW_MANY = 10
# Without 0, 1, i, l, o: nobody has to guess what was written.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PARTS, _LENGTH = 3, 4
PIN_FAULT = "A PIN has 6 to 12 digits, not all the same and not in a row."


def new_codes() -> list[str]:
    """Ten codes of three groups of four: `h7kq-2mzd-pw9x`."""
    return [
        "-".join("".join(map(secrets.choice, [_LETTERS] * _LENGTH)) for _ in range(_PARTS)) for _ in range(HOW_MANY)
    ]


def bare(typed: str) -> str:
    """A code as it is compared: what people put between its letters does not count."""
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


def is_recovery(typed: str) -> bool:
    """Whether something typed has the length of a recovery code; an authenticator's code has six digits."""
    return len(bare(typed)) == _PARTS * _LENGTH


def pin_fault(pin: str) -> str | None:
    """None for a PIN that may be set; otherwise a sentence."""
    digits = pin.isascii() and pin.isdigit() and 6 <= len(pin) <= 12
    steps = {int(b) - int(a) for a, b in pairwise(pin)} if digits else set[int]()
    return None if digits and steps not in ({0}, {1}, {-1}) else PIN_FAULT


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
