"""Bulletins: one message to many desks that wants an answer: an instruction, a warning, a roll-call of duty rooms."""
