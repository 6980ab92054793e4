"""The doors of webhooks: a desk's own systems that are told what its posts are called about."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from flask import current_app
from pydantic import ConfigDict, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import NotKnown
from incident_hub.notify import actions
from incident_hub.notify.queries import inbox, ways

from .notices import NoticesOut
from .room import room


class WebhookIn(Shape):
    """Where the desk's system listens."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://hooks.example.org/hub"}]})

    url: Annotated[str, Field(min_length=1, max_length=2000)]


class WebhookOut(Shape):
    """A webhook of the asker's desk, without its secret."""

    id: str
    url: str
    added_at: datetime
    stopped_at: datetime | None
    stopped_why: str | None


class Webhooks(Shape):
    """The webhooks of the asker's desk, the newest first."""

    items: list[WebhookOut]
    next: str | None


class WebhookMade(Shape):
    """A webhook begins; its secret is shown this once."""

    id: str
    secret: str


class Stopped(Shape):
    """Whether it held until now."""

    stopped: bool


@room.door("GET", "/webhooks", scope="webhooks:read", gives=Webhooks, errors=(401, 403))
def webhooks(asker: Asker) -> dict[str, Any]:
    """The webhooks of the asker's desk."""
    allow(asker, "webhook.change")
    return {"items": ways.webhooks_of(asker.desk_id), "next": None}


@room.door(
    "POST", "/webhooks", scope="webhooks:write", takes=WebhookIn, gives=WebhookMade, status=201,
    errors=(401, 403, 409, 422), plain=True,
)  # fmt: skip
def add_webhook(asker: Asker, body: WebhookIn) -> Answer:
    """Have the desk's own system told, at an address outside of the house."""
    allow(asker, "webhook.change")
    with unit_of_work() as at:
        id, secret = actions.add_webhook(asker.desk_id, body.url, current_app.config, at, by_of(asker))
        return answer({"id": id, "secret": secret}, status=201)


@room.door("DELETE", "/webhooks/<id>", scope="webhooks:write", gives=Stopped, errors=(401, 403, 404))
def stop_webhook(asker: Asker, id: str) -> dict[str, bool]:
    """Send nothing more to a webhook."""
    _mine(asker, id)
    with unit_of_work() as at:
        return {"stopped": actions.stop_webhook(id, "removed", at, by_of(asker))}


@room.door("GET", "/webhooks/<id>/deliveries", scope="webhooks:read", gives=NoticesOut, errors=(401, 403, 404))
def deliveries(asker: Asker, id: str) -> dict[str, Any]:
    """What was sent to a webhook and what became of it, the newest first; at most two hundred."""
    _mine(asker, id)
    return {"items": inbox.deliveries_of(id), "next": None}


def _mine(asker: Asker, id: str) -> None:
    allow(asker, "webhook.change")
    if id not in {one["id"] for one in ways.webhooks_of(asker.desk_id)}:
        raise NotKnown
