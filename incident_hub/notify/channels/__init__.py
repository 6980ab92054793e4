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
    if _module.name != "channel":
        _found: Channel = import_module(f"{__name__}.{_module.name}").CHANNEL
        CHANNELS[_found.name] = _found


def send(channel: str, message: Message, settings: Mapping[str, Any]) -> Outcome:
    """The middle beat: hand a message over, with no transaction open, and say what became of it.

    A channel that breaks is a failed try, not the end of the sender.
    """
    try:
        return CHANNELS[channel].send(message, settings)
    except Exception as fault:
        log.exception("the channel %s broke over delivery %s", channel, message.delivery_id)
        return Outcome(accepted=False, fault=type(fault).__name__)
