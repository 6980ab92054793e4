"""The doors of the moves of an item."""

from __future__ import annotations

from incident_hub.agencies.standing import Asker
from incident_hub.custody import actions
from incident_hub.custody.shapes import ItemOut
from incident_hub.kernel.doors import Answer, answer

from .room import (
    WRITE,
    WRITES,
    AcceptanceIn,
    OfferIn,
    OutcomeIn,
    PlacingIn,
    RecallIn,
    RefusalIn,
    SplitIn,
    moving,
    room,
    told,
)


@room.door("POST", "/items/<ref>/offer", scope=WRITE, takes=OfferIn, gives=ItemOut, errors=WRITES)
def offer_item(asker: Asker, body: OfferIn, ref: str) -> Answer:
    """Offer it to another desk; it stays with the asker's until that desk accepts."""
    with moving(asker, "item.offer", ref) as (found, at, by):
        actions.offer(found, body.to, body.deadline, body.words, at, by)
        return answer(told(found, asker))


@room.door("POST", "/items/<ref>/acceptance", scope=WRITE, takes=AcceptanceIn, gives=ItemOut, errors=WRITES)
def accept_item(asker: Asker, body: AcceptanceIn, ref: str) -> Answer:
    """Accept it as counted; what differs is told in a sentence."""
    with moving(asker, "item.answer", ref) as (found, at, by):
        actions.accept(found, actions.Taken(**body.model_dump(exclude={"via"})), body.said(), at, by)
        return answer(told(found, asker))


@room.door("POST", "/items/<ref>/refusal", scope=WRITE, takes=RefusalIn, gives=ItemOut, errors=WRITES)
def refuse_item(asker: Asker, body: RefusalIn, ref: str) -> Answer:
    """Refuse it with the reason; it stays where it is."""
    with moving(asker, "item.answer", ref) as (found, at, by):
        actions.refuse(found, body.reason, body.said(), at, by)
        return answer(told(found, asker))


@room.door("POST", "/items/<ref>/recall", scope=WRITE, takes=RecallIn, gives=ItemOut, errors=WRITES)
def recall_item(asker: Asker, body: RecallIn, ref: str) -> Answer:
    """Take an offer back before it is answered."""
    with moving(asker, "item.offer", ref) as (found, at, by):
        actions.recall(found, body.reason, at, by)
        return answer(told(found, asker))


@room.door("POST", "/items/<ref>/placing", scope=WRITE, takes=PlacingIn, gives=ItemOut, errors=WRITES)
def place_item(asker: Asker, body: PlacingIn, ref: str) -> Answer:
    """Put it elsewhere, or under another seal."""
    with moving(asker, "item.keep", ref) as (found, at, by):
        actions.place(found, body.place, body.seal, body.words, at, by)
        return answer(told(found, asker))


@room.door("POST", "/items/<ref>/parts", scope=WRITE, takes=SplitIn, gives=ItemOut, errors=WRITES)
def split_item(asker: Asker, body: SplitIn, ref: str) -> Answer:
    """Split a batch into parts that go their own ways."""
    with moving(asker, "item.keep", ref) as (found, at, by):
        actions.split(found, [actions.Part(**one.model_dump()) for one in body.parts], body.words, at, by)
        return answer(told(found, asker))


@room.door("POST", "/items/<ref>/outcome", scope=WRITE, takes=OutcomeIn, gives=ItemOut, errors=WRITES)
def dispose_item(asker: Asker, body: OutcomeIn, ref: str) -> Answer:
    """Say what became of it: returned, destroyed or handed over to a body outside."""
    with moving(asker, "item.dispose", ref) as (found, at, by):
        actions.dispose(found, actions.Outcome(**body.model_dump(exclude={"via"})), body.said(), at, by)
        return answer(told(found, asker))
