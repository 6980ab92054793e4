"""How far a delivery has come, in order; receipts may come twice or in any order and never move it back. Pure."""

from __future__ import annotations

PREPARED, CLAIMED, SENT, DELIVERED, READ, FAILED = "prepared", "claimed", "sent", "delivered", "read", "failed"

_RANK = {PREPARED: 0, CLAIMED: 1, SENT: 2, DELIVERED: 3, READ: 4}
RECEIPTS = (DELIVERED, READ, FAILED)


def moves(state: str, told: str) -> bool:
    """Whether a receipt moves a delivery on: forward only; it fails only as long as nobody is known to have it."""
    if told == FAILED:
        return state in (PREPARED, CLAIMED, SENT)
    # A receipt may overtake the answer of the channel itself, and may follow a try that was given up too early.
    return state == FAILED or _RANK[told] > _RANK[state]
