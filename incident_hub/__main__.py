"""`incident-hub`, or `python -m incident_hub`."""

from __future__ import annotations

from incident_hub.cooperative import SERVING  # isort: skip - it must come before everything else
from incident_hub.cli import main

__all__ = ["SERVING", "main"]

if __name__ == "__main__":
    main()
