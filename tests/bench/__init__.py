"""Measurements, side by side with a rival in one run; `make bench`, never part of the tests."""
