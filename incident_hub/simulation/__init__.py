"""Simulation: what a plan would do on a given night, with the real roster or without one, before it happens."""
