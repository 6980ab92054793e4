"""Agencies: who exists, who sits where, who may know and do what, and how they sign in."""
