"""Roster: who holds a post at an instant. Imports the rooms below it; in this part posts have fixed holders."""
