"""Incidents: something that happened, or may have; its figures, its journal, and the circle that may know of it."""
