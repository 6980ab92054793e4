"""What is done with anchors: the head is sealed, kept outside of the database, and witnessed by others."""

from __future__ import annotations

from .keeping import complete, keep, kept
from .sealing import seal
from .witnessing import witness

__all__ = ["complete", "keep", "kept", "seal", "witness"]
