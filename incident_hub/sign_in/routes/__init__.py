"""The pages of sign-in beyond the password."""

from __future__ import annotations

from . import away, door, own
from .room import pages

__all__ = ["away", "door", "own", "pages"]
