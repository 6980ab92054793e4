"""The JSON doors of sign-in beyond the password."""

from . import account, entering, house
from .room import room

__all__ = ["account", "entering", "house", "room"]
