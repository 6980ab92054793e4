"""The pages of daily returns."""

from __future__ import annotations

from . import filing, linked, reading
from .frame import pages

__all__ = ["filing", "linked", "pages", "reading"]
