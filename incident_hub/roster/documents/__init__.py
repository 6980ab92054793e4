"""The roster as files for other programs."""
