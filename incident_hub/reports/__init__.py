"""Incident reports: compiled from what is known, signed by who leads, sent upward level by level, and received."""
