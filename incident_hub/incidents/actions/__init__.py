"""The verbs of an incident: each changes the tables and appends one entry, in the door's unit of work."""

from __future__ import annotations

from .circle import grant_access, withdraw_access
from .importing import Arrived, ArrivedWord, bring_in, bring_in_word
from .opening import NewIncident, amend, open_incident
from .stating import acknowledge, change_grade, change_status, make_official, state_figure, verify
from .writing import Written, strike, write

__all__ = [
    "Arrived", "ArrivedWord", "NewIncident", "Written", "acknowledge", "amend", "bring_in", "bring_in_word",
    "change_grade", "change_status", "grant_access", "make_official", "open_incident", "state_figure", "strike",
    "verify", "withdraw_access", "write",
]  # fmt: skip
