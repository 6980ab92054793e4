"""Bulletins counted at a cut-off: who had answered then, whatever came since."""
