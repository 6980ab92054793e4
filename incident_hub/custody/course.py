"""The course of a thing in custody: who may do what with it next, and what a count has to say (pure).

Custody goes from hand to hand: the one who holds offers, the one who takes counts and accepts or refuses. Until then it
is the giver's, whatever was agreed. A thing leaves custody once: returned, destroyed, or handed over to a body outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from incident_hub.kernel.saying import say

SORTS = ("class_a", "class_b", "class_c", "suspect", "mail", "other")
UNITS = ("piece", "box", "bag", "gram", "millilitre")
OUTCOMES = ("returned", "destroyed", "handed_over")
# What some desk still has to answer for.
KEPT = ("held", "offered")
# Nobody splits a batch into more at a time; it can be split again.
MOST_PARTS = 50


@dataclass(frozen=True)
class Standing:
    """A thing as it stands."""

    state: str
    holder: str
    offered_to: str | None
    quantity: int
    seal: str | None = None


@dataclass(frozen=True)
class Count:
    """What the one who takes counted, and the seal as it was seen."""

    counted: int
    seal: str | None = None


def may_give(one: Standing, desk: str) -> str | None:
    """Why a desk may not offer it, split it, put it elsewhere or say what became of it; None when it may."""
    if one.state not in KEPT:
        return "It is in custody no longer; its history stays."
    if one.holder != desk:
        return say("{holder} has it; only that desk moves it.", holder=one.holder)
    if one.state == "offered":
        return say("It is offered to {offered_to}; take the offer back first.", offered_to=one.offered_to)
    return None


def may_answer(one: Standing, desk: str) -> str | None:
    """Why a desk may not accept or refuse it; None when it may."""
    if one.state != "offered":
        return "It is offered to nobody."
    if one.offered_to != desk:
        return say("It is offered to {offered_to}; only that desk answers.", offered_to=one.offered_to)
    return None


def may_recall(one: Standing, desk: str) -> str | None:
    """Why a desk may not take an offer back; None when it may."""
    if one.state != "offered":
        return "It is offered to nobody."
    return (
        None
        if one.holder == desk
        else say("{holder} offers it; only that desk takes the offer back.", holder=one.holder)
    )


def may_take(to: str, holder: str, circle: Sequence[str]) -> str | None:
    """Why a thing cannot be offered to a desk; None when it can."""
    if to == holder:
        return "You hold it already."
    if to not in circle:
        return say("{to} does not know of the incident; share it with that desk first.", to=to)
    return None


def differs(one: Standing, count: Count) -> bool:
    """Whether what was counted, or the seal as it was seen, is another than the giver says."""
    return count.counted != one.quantity or (count.seal or None) != (one.seal or None)


def unexplained(one: Standing, count: Count, words: str) -> str | None:
    """What has to be said before it is accepted: a difference, in a sentence. None when nothing has."""
    if not differs(one, count) or words.strip():
        return None
    if count.counted != one.quantity:
        return say(
            "You counted {counted}, and {quantity} were offered; say what differs.",
            counted=count.counted,
            quantity=one.quantity,
        )
    return say(
        "The seal is {seal}, and {offered} was offered; say what differs.",
        seal=count.seal or "none",
        offered=one.seal or "none",
    )


def unsound_parts(one: Standing, parts: Sequence[int]) -> str | None:
    """Why a batch cannot be split so; None when it can. Nothing is lost and nothing is added by splitting."""
    if not 2 <= len(parts) <= MOST_PARTS:
        return say("Split it into 2 to {most} parts.", most=MOST_PARTS)
    if sum(parts) != one.quantity:
        return say("The parts are {n} together, and the batch is {quantity}.", n=sum(parts), quantity=one.quantity)
    return None


def unsound_end(outcome: str, receiver: str, receipt: str, witness: str | None, holder: str) -> tuple[str, str] | None:
    """The field and the sentence of what an outcome still lacks; None when it is whole.

    What is returned or handed over has a receipt on paper; what is destroyed is seen by another desk.
    """
    if outcome == "destroyed":
        if witness is None or witness == holder:
            return "witness", "Another desk sees it destroyed; say which."
        return None
    if outcome == "handed_over" and not receiver.strip():
        return "receiver", "Say which body took it."
    return None if receipt.strip() else ("receipt", "Give the number of the paper receipt.")
