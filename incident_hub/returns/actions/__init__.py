"""The verbs of a return: units are registered, days are opened and missed by the clock, returns filed and reviewed,
and flagged where something speaks against them."""

from __future__ import annotations

from .filing import file
from .flagging import flag
from .inviting import file_by, invite
from .missing import miss_due
from .opening import open_due
from .registering import NewUnit, exempt, register, would_register
from .reviewing import review
from .rolling import roll_up

__all__ = [
    "NewUnit",
    "exempt",
    "file",
    "file_by",
    "flag",
    "invite",
    "miss_due",
    "open_due",
    "register",
    "review",
    "roll_up",
    "would_register",
]
