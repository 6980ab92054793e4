"""Returns: the daily zero report of a unit: what it must say, what speaks against it, which day it covers."""
