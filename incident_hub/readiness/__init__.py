"""Readiness: what each carrier has in place before the event, in four parts, and what is missing or about to end."""
