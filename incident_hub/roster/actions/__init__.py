"""The verbs of the roster: appoint, arrange in turn, replace, swap, hand over, subscribe."""

from .holding import appoint, relieve

__all__ = ["appoint", "relieve"]
