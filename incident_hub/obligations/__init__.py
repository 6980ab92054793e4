"""Obligations: who owes what, by when, and the ladder of calls that chases it. Imports the rooms below it."""
