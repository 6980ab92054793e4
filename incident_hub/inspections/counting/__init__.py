"""Visits counted at a cut-off: how each stood then, whatever became of it since."""
