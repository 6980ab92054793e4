"""The verbs of a report: draft, sign, send, receive, amend, hand on. What was sent never changes."""

from __future__ import annotations

from .drafting import amend, discard, draft, write
from .receiving import receive
from .sending import Outgoing, hand_on, send
from .signing import reopen, sign
from .taking_down import take_down
from .withdrawing import follow

__all__ = [
    "Outgoing", "amend", "discard", "draft", "follow", "hand_on", "receive", "reopen", "send", "sign", "take_down",
    "write",
]  # fmt: skip
