"""Channels: one file each; a new one is registered by being here. `tests/notify/test_channels.py` meets every one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from incident_hub.notify.messages import Message, Outcome

from .channel import Channel

CHANNELS: dict[str, Channel] = {}
log = logging.getLogger(__name__)

for _module in iter_modules(__path__):
    # What several channels share stands beside them and is no channel itself.
    for _found in getattr(import_module(f"{__name__}.{_module.name}"), "CHANNELS", ()):
        CHANNELS[_found.name] = _found


def send(channel: str, message: Message, settings: Mapping[str, Any]) -> Outcome:
    """The middle beat: hand a message over, with no transaction open, and say what became of it.

    A channel that breaks is a failed try, not the end of the sender; one that is not set up says so.
    """
    way = CHANNELS[channel]
    if missing := way.unset(settings):
        return Outcome(accepted=False, fault=missing)
    try:
        return way.send(message, settings)
    except Exception as fault:
        log.exception("the channel %s broke over delivery %s", channel, message.delivery_id)
        return Outcome(accepted=False, fault=type(fault).__name__)
