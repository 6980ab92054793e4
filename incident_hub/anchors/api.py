"""The doors of anchors: they are handed out to whoever takes part, and witnessed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from flask import current_app
from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.anchors.shapes import AnchorOut, HeadOut, WitnessedOut
from incident_hub.kernel import chains
from incident_hub.kernel.database import read_snapshot, unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.feeds import sealed_head
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.text import canonical
from incident_hub.operations import queries as operations

from . import actions, queries

room = Room("anchors")
Hex = Annotated[str, Field(pattern="^[0-9a-f]+$")]


class ListOf(Shape):
    """How the list goes on."""

    cursor: Annotated[int, Field(ge=1)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class WitnessIn(Shape):
    """An agency's own signature under an anchor, as `incident-hub record witness` makes it."""

    mark: Annotated[Hex, Field(min_length=64, max_length=64)]
    key: Annotated[Hex, Field(min_length=64, max_length=64)]
    signature: Annotated[Hex, Field(min_length=128, max_length=128)]


@room.door(
    "GET", "/operations/<op>/anchors", scope="record:read", query=ListOf, gives=Listed[AnchorOut],
    errors=(403, 404, 422),
)  # fmt: skip
def list_anchors(asker: Asker, query: ListOf, op: str) -> dict[str, Any]:
    """The signed marks of an operation's record, newest first, and who witnessed them; what happened is not in them."""
    allow(asker, "board.read")
    read_snapshot()
    items, more = queries.listed(operations.for_desk(op, asker.desk_id), query.cursor, query.limit)
    return {"items": items, "next": more}


@room.door(
    "POST", "/operations/<op>/anchors/witness", scope="record:write", takes=WitnessIn, gives=WitnessedOut, status=201,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def witness_anchor(asker: Asker, body: WitnessIn, op: str) -> Answer:
    """Put the own agency's signature under an anchor; the key stays with the agency."""
    allow(asker, "anchor.witness")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        actions.witness(operation, body.mark, body.key, body.signature, at, by_of(asker))
        return answer({"mark": body.mark, "agency": asker.agency}, status=201)


@room.door("GET", "/operations/<op>/feed/head", scope="record:read", gives=HeadOut, errors=(403, 404))
def read_own_head(asker: Asker, op: str) -> dict[str, Any]:
    """The signed head of the asker's own feed: what was shown to its desk so far can be proved with it later."""
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    position, digest = sealed_head(operation.id, asker.desk_id)
    key = chains.signing_key(Path(current_app.config["HUB_FOLDER"]))
    head = {
        "format": "incident-hub-feed/1", "operation": operation.code, "desk": asker.desk, "position": position,
        "hash": digest, "key": chains.public(key),
    }  # fmt: skip
    return head | {"signature": key.sign(canonical(head)).hex()}
