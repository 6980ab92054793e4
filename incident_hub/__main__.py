"""`incident-hub`, or `python -m incident_hub`."""

from __future__ import annotations

import incident_hub.cooperative  # noqa: F401 - it must come before everything else
from incident_hub.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
