"""Hazards counted: by the place they are at, and as they stood at a cut-off."""
