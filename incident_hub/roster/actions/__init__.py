"""The verbs of the roster: appoint, arrange in turn, replace, swap, hand over, subscribe."""

from .arranging import add_temporary, end_rotation, set_holidays, set_rotation
from .expecting import next_handover
from .handing import Call, call_for_handover, forget_notes, prepare, sign
from .holding import appoint, relieve
from .replacing import accept_swap, approve_swap, decline_swap, override, propose_swap
from .subscribing import revoke, subscribe

__all__ = [
    "Call", "accept_swap", "add_temporary", "appoint", "approve_swap", "call_for_handover", "decline_swap",
    "end_rotation", "forget_notes", "next_handover", "override", "prepare", "propose_swap", "relieve", "revoke",
    "set_holidays", "set_rotation", "sign", "subscribe",
]  # fmt: skip
