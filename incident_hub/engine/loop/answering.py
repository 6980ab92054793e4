"""What the door leaves to the engine: links for another password, and sessions that are asked for more.

A question for another password is answered apart from whoever asked: how long it took them tells nothing.
"""

from __future__ import annotations

from incident_hub.kernel.database import HOUSE
from incident_hub.sign_in import actions
from incident_hub.sign_in import queries as sign_in

from .passing import Pass, alone


def answer_one_reset(going: Pass) -> bool:
    """Look whose login was typed, and send a link if there is anybody; True when there may be more."""
    horizon = going.horizon()
    found = sign_in.first_asked_reset(horizon, going.aside.left_alone(horizon))
    if found is None:
        return False
    settings = going.app.config
    return alone(going, HOUSE, found, lambda one, at: actions.answer_reset(one, settings, at=at))


def ask_one_session_again(going: Pass) -> bool:
    """Ask one open session for what its agency asks since; True when there may be more."""
    horizon = going.horizon()
    found = sign_in.first_to_ask_again(horizon, going.aside.left_alone(horizon))
    if found is None:
        return False
    return alone(going, HOUSE, found, lambda one, at: actions.ask_one_again(one, at=at))
