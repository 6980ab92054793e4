"""Webhooks: a desk's own system is told what its posts are called about, as a signed CloudEvent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from incident_hub.kernel.text import canonical
from incident_hub.notify import doorstep
from incident_hub.notify.messages import Matter, Message, Outcome, said

from . import wording
from .channel import Settings
from .posting import let_through, post_outside, signed

EVENT, SEAL = "hub.notice.v1", "hub.anchor.v1"


@dataclass(frozen=True)
class WebhookChannel:
    """A POST to where the desk's system listens; 410 stops it for good.

    Shape: settings under `HUB_LET_THROUGH`: hosts inside the house that may be posted to all the same.
    """

    name: str = "webhook"
    carries: bool = True
    whose: str = "webhook"
    takes: str | None = None
    setting: str | None = None
    timeout: float = 10.0
    at_once: int = 4

    def unset(self, settings: Settings) -> str | None:
        """Whoever has a webhook is all it needs."""
        return None

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """An address outside of the house, by https."""
        return doorstep.url_fault(value, let_through(settings))

    def send(self, message: Message, settings: Settings) -> Outcome:
        """Post the event; the id is the delivery's, and the same on every try."""
        content = canonical(composed(message, settings))
        headers = {"Content-Type": "application/cloudevents+json", "User-Agent": "incident-hub"}
        headers |= signed(message.secret, message.delivery_id, message.at, content)
        return post_outside(message.address, content, headers, self.timeout, let_through(settings))


def composed(message: Message, settings: Settings) -> dict[str, Any]:
    """The event: what a program needs, and the same text a person would get."""
    told = {
        "text": wording.short(message), "mark": message.mark, "exercise": message.exercise,
        "matters": [_matter(one, message.spoken, settings) for one in message.matters],
    }  # fmt: skip
    return {
        "specversion": "1.0", "type": SEAL if message.matters[0].kind == "anchor" else EVENT,
        "source": f"{wording.link(settings)}/", "id": message.delivery_id, "time": message.at,
        "datacontenttype": "application/json", "subject": message.matters[0].operation, "data": told,
    }  # fmt: skip


def _matter(one: Matter, language: str, settings: Settings) -> dict[str, Any]:
    return {
        "operation": one.operation, "exercise": one.exercise, "subject": {"kind": one.noun, "ref": one.ref},
        "kind": one.kind, "type": said(one.type_title, language), "what": said(one.what, language),
        "agency": one.agency, "due_at": one.due_at, "missed": one.missed, "late_s": one.late_s,
        "link": wording.link(settings) + one.path, **({"anchor": dict(one.anchor)} if one.anchor else {}),
    }  # fmt: skip


CHANNELS = (WebhookChannel(),)
