"""Hazards: what was found wrong, who puts it right by when, and who else looked at it again."""
