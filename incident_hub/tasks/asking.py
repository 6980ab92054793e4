"""What may become of something that was asked (pure)."""

from __future__ import annotations

# The posts that are asked; the plan has a rule for each.
POSTS = ("duty_officer", "duty_leader")
# What can still be done, and what may be asked again.
OPEN = ("asked", "accepted")
_SAID = {
    "declined": "It was declined; whoever asked may ask again.",
    "done": "It is done already.",
    "withdrawn": "It was withdrawn; nothing is asked any more.",
}


def may_answer(state: str, accept: bool, reason: str) -> str | None:
    """Why it cannot be accepted or declined; None when it can. Who accepted may still find that it cannot be done."""
    if state not in OPEN:
        return _SAID[state]
    if accept and state == "accepted":
        return "It is accepted already."
    if not accept and not reason:
        return "Say why not, so that whoever asked can ask somebody else."
    return None


def may_complete(state: str) -> str | None:
    """Why it cannot be reported as done; None when it can. Nobody has to accept first what is done at once."""
    return None if state in OPEN else _SAID[state]


def may_withdraw(state: str) -> str | None:
    """Why it cannot be withdrawn; None when it can."""
    return None if state in OPEN else _SAID[state]


def may_ask_again(state: str) -> str | None:
    """Why it cannot be asked again; None when it can."""
    return None if state not in OPEN else "It is asked already and still open; withdraw it first."
