"""A briefing has no table: it is a reading of the record, and what was issued is an entry in it."""

from __future__ import annotations

from incident_hub.kernel.registry import OWN, kind

# Told to the desk it was made for, and to no other: each may know something else.
ISSUED = kind("briefing.issued", OWN)
