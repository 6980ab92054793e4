"""Incident Hub: several agencies run the security of one event together.

This file imports nothing, so that `python3 -m incident_hub.bootstrap` works on a bare Python.
"""

__version__ = "0.1.0"
