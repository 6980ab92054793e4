"""The verbs of a notice: prepare it with the step that needs it, claim it, settle it, take what comes back; addresses.

Sending lies between claiming and settling, with no transaction open (`channels.send`).
"""

from __future__ import annotations

from .addressing import Owner, add_address, add_webhook, find_bad, remove_address, stop_webhook
from .answering import answer_call, hear, read, receive, vouch
from .delivering import Claimed, claim_one, give_back, settle
from .preparing import Occasion, call_by_telephone, prepare, tell_systems
from .testing import Reached, try_out

__all__ = [
    "Claimed", "Occasion", "Owner", "Reached", "add_address", "add_webhook", "answer_call", "call_by_telephone",
    "claim_one", "find_bad", "give_back", "hear", "prepare", "read", "receive", "remove_address", "settle",
    "stop_webhook", "tell_systems", "try_out", "vouch",
]  # fmt: skip
