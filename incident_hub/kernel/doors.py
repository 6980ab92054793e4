"""The doors of the JSON API: one way in for every room, so that refusals, scopes, keys and the API document agree.

A door's function gets the asker, then `body` and `query` if it takes them, and the path's parts by name. It opens the
unit of work itself and answers inside it with `answer(…)`, which a repeated request is given again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import orjson
from flask import Flask, Response, current_app, g, request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from . import bodies, scanning, uploads
from .asking import Asking, Machine
from .database import HOUSE, current_work, db, unit_of_work
from .door import Door
from .errors import BadInput, NotAllowed, Refusal
from .models import Answer as KeptAnswer
from .record import settle_cards
from .text import canonical, instant, read_instant

PREFIX = "/api/v1"
LARGEST_BODY = 1 << 20


class Shape(BaseModel):
    """A body or query as it must arrive: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True)
class Answer:
    """What is sent back; one that holds a secret is not kept for whoever asks again."""

    body: Any
    status: int = 200
    etag: str | None = None
    kept: bool = True


@dataclass
class Room:
    """The doors of one room."""

    name: str
    doors: list[Door] = field(default_factory=list[Door])

    def door(
        self,
        method: str,
        path: str,
        *,
        scope: str | None,
        gives: Any,
        takes: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        status: int = 200,
        errors: Sequence[int] = (),
        signed: Callable[..., None] | None = None,
        uploads: int | None = None,
        plain: bool = False,
        versioned: bool = False,
        standing: int | None = None,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Open a door under /api/v1; scope None: whoever is signed in; `signed` checks a machine's signature.

        Shape: `gives` is the shape of the answer, or the Media of a file; `versioned` answers carry an ETag; `standing`
        is the status where what was asked for stood there already. A door that takes `uploads` of so many bytes gets
        an `upload`; every other keeps to LARGEST_BODY. What is sent to a `plain` door is not scanned for values of
        persons.
        """

        def hang(function: Callable[..., Any]) -> Callable[..., Any]:
            says = (function.__doc__ or "").strip()
            kept = (takes, query, gives, status, tuple(errors), signed, uploads, plain, versioned, standing)
            self.doors.append(Door(self.name, method, path, scope, says, function, *kept))
            return function

        return hang


def mount(app: Flask, rooms: Sequence[Room], identify: Callable[[], Asking]) -> None:
    """Hang every room's doors into the application."""
    for room in rooms:
        for door in room.doors:
            name = f"{room.name}.{door.function.__name__}.{door.method}".replace("/", "_").replace(".", "_")
            app.add_url_rule(PREFIX + door.path, name, _view(door, identify), methods=[door.method])
    app.extensions["hub_doors"] = [door for room in rooms for door in room.doors]


def answer(body: Any, *, status: int = 200, etag: str | None = None) -> Answer:
    """Answer inside the unit of work, so that the same request sent again is given the same answer."""
    key = g.get("hub_key")
    if key:
        work = current_work()
        text = canonical(body).decode()
        row = {"key": key[0], "fingerprint": key[1], "status": status, "etag": etag, "body": text, "at": work.at}
        db.session.execute(insert(KeptAnswer).values(**row))
        g.hub_key = None
    return Answer(body, status, etag)


def settle() -> None:
    """Bring cards up to date before the answer quotes them."""
    db.session.flush()
    settle_cards(current_work())


def cursor(at: datetime, name: str) -> str:
    """Where a list goes on, to be handed back by whoever reads it: an instant and a name, opaque to them."""
    return base64.urlsafe_b64encode(f"{instant(at)} {name}".encode()).decode().rstrip("=")


def place(given: str | None) -> tuple[datetime, str] | None:
    """The instant and name behind a cursor; None to begin at the beginning.

    Raises: BadInput for one that no list has given.
    """
    if not given:
        return None
    try:
        at, _, name = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(" ")
        return read_instant(at), name
    except (ValueError, binascii.Error) as fault:
        raise BadInput("This cursor was not given by this list; start again without one.") from fault


def reply(given: Answer) -> Response:
    """An answer as it goes over the wire."""
    response = Response(canonical(given.body), given.status, content_type="application/json")
    if given.etag:
        response.headers["ETag"] = given.etag
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse(refusal: Refusal) -> Response:
    """A refusal as it goes over the wire."""
    early = {"Retry-After": str(refusal.extra["retry_after"])} if "retry_after" in refusal.extra else None
    told = canonical(refusal.problem(current_app.extensions.get("hub_chinese")))
    return Response(told, refusal.status, early, content_type="application/problem+json")


def _view(door: Door, identify: Callable[[], Asking]) -> Callable[..., Response]:
    def view(**parts: Any) -> Response:
        if door.signed:
            door.signed(**parts)
        asker = Machine() if door.signed else identify()
        if door.uploads:
            uploads.bound(door.uploads)
        if door.scope and (lack := asker.lacks(door.scope)):
            raise NotAllowed(lack)
        if door.query:
            parts["query"] = bodies.fitted(door.query, bodies.once(request.args), "query")
        raw = request.get_data(cache=False) if door.method in ("POST", "PATCH", "PUT", "DELETE") else b""
        if door.takes:
            parts["body"] = scanning.fitted(door.takes, bodies.json(raw), plain=door.plain)
        if door.uploads:
            parts["upload"] = scanning.noted(uploads.read(raw))
        kept = _repeated(door, asker, raw)
        if kept:
            return reply(kept)
        try:
            given = door.function(asker, **parts)
        except IntegrityError:
            # The same request came twice at once and the other one was first: this one is given its answer.
            db.session.rollback()
            kept = _repeated(door, asker, raw)
            if kept is None:
                raise
            return reply(kept)
        if isinstance(given, Response):
            return given
        if not isinstance(given, Answer):
            given = Answer(given, door.status)
        _keep(given)
        return reply(given)

    return view


def _repeated(door: Door, asker: Asking, raw: bytes) -> Answer | None:
    sent = request.headers.get("Idempotency-Key")
    g.hub_key = None
    if door.method != "POST" or not sent:
        return None
    if len(sent) > 200:
        raise BadInput("The Idempotency-Key is longer than 200 characters.")
    # A tab at another desk asks for something else, even with the same words.
    key = hashlib.sha256(f"{asker.member}\n{asker.desk}\n{sent}".encode()).hexdigest()
    # Under our own key: what was sent may be short enough to be guessed from a plain hash.
    secret = str(current_app.config.get("SECRET_KEY") or "").encode()
    print_ = hmac.digest(secret, f"{request.method} {request.path}\n".encode() + raw, "sha256").hex()
    row = db.session.execute(select(KeptAnswer).where(KeptAnswer.key == key)).scalar_one_or_none()
    if row is None:
        g.hub_key = (key, print_)
        return None
    if row.fingerprint != print_:
        raise BadInput("This Idempotency-Key was used for another request; use a new key for a new request.")
    return Answer(orjson.loads(row.body), row.status, row.etag)


def _keep(given: Answer) -> None:
    if given.kept and cast("tuple[str, str] | None", g.get("hub_key")):
        with unit_of_work(HOUSE):
            answer(given.body, status=given.status, etag=given.etag)
