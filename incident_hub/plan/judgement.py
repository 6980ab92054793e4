"""One judgement on a plan that reads well, before it is known where in the file it stands. Pure."""

from __future__ import annotations

from .positions import Path

# Where it stands, which check found it, what is wrong, what to do.
Judgement = tuple[Path, str, str, str]
