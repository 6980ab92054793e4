"""SMS and voice by a gateway over HTTP: one signed JSON body that docs/API.md describes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from incident_hub.kernel.text import canonical
from incident_hub.notify.messages import Message, Outcome

from . import telephone, wording
from .channel import Settings
from .posting import post, signed

# What a key on the telephone says; the gateway hands the key back as it was pressed.
KEYS = {"1": "taken", "2": "seen", "3": "wrong_number"}


@dataclass(frozen=True)
class Gateway:
    """A gateway that carries text messages, or calls and speaks.

    Shape: settings under `HUB_SMS` and `HUB_VOICE`: url, secret (`whsec_…`).
    """

    name: str
    setting: str | None
    timeout: float
    at_once: int
    carries: bool = True
    whose: str = "member"
    takes: str | None = "number"

    def unset(self, settings: Settings) -> str | None:
        """The gateway's address and the secret shared with it have to be set."""
        held: dict[str, Any] = settings.get(self.setting or "") or {}
        return None if held.get("url") and held.get("secret") else f"no {self.name} gateway is set ({self.setting})"

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """A number a machine can dial."""
        return telephone.worldwide_fault(value)

    def send(self, message: Message, settings: Settings) -> Outcome:
        """Hand it to the gateway under the delivery's id, which it must not carry out twice."""
        held = settings[self.setting or ""]
        content = canonical(self.composed(message, settings))
        headers = {
            "Content-Type": "application/json",
            **signed(held["secret"], message.delivery_id, message.at, content),
        }
        return post(held["url"], content, headers, self.timeout)

    def composed(self, message: Message, settings: Settings) -> dict[str, Any]:
        """The body as the gateway reads it."""
        here = f"{wording.link(settings)}/api/v1/gateways/{self.name}"
        body: dict[str, Any] = {
            "delivery": message.delivery_id, "to": message.address, "language": message.spoken,
            "exercise": message.exercise, "receipts_to": f"{here}/receipts",
        }  # fmt: skip
        if self.name == "sms":
            return body | {"text": wording.short(message)}
        return body | {"sentence": wording.spoken(message), "keys": KEYS, "answers_to": f"{here}/answers"}


CHANNELS = (Gateway("sms", "HUB_SMS", 10.0, 8), Gateway("voice", "HUB_VOICE", 20.0, 8))
