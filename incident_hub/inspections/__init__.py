"""Visits: what was looked at on a place, answered by the plan's check-lists, found, and signed or refused."""
