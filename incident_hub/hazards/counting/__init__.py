"""Hazards by the place they are at, for whoever counts them."""
