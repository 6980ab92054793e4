"""Briefing: the situation of an operation at a cut-off, on one page, as one desk may know it."""
