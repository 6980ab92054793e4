"""The doors of the roster: posts and who takes them in turn, shifts, stand-ins, exchanges, hand-overs, calendars."""

from . import arranging, calendars, exchanging, handing
from .room import room

__all__ = ["arranging", "calendars", "exchanging", "handing", "room"]
