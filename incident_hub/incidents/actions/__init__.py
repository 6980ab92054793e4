"""The verbs of an incident: each changes the tables and appends one entry, in the door's unit of work."""

from __future__ import annotations

from .amending import amend
from .circle import grant_access, withdraw_access
from .importing import Arrived, ArrivedWord, bring_in, bring_in_word
from .leading import answer_offer, direct_lead, offer_lead, withdraw_offer
from .opening import NewIncident, open_incident
from .replanning import replan
from .stating import acknowledge, change_grade, change_mark, change_status, make_official, state_figure, verify
from .writing import Written, strike, write

__all__ = [
    "Arrived", "ArrivedWord", "NewIncident", "Written", "acknowledge", "amend", "answer_offer", "bring_in",
    "bring_in_word", "change_grade", "change_mark", "change_status", "direct_lead", "grant_access", "make_official",
    "offer_lead", "open_incident", "replan", "state_figure", "strike", "verify", "withdraw_access", "withdraw_offer",
    "write",
]  # fmt: skip
