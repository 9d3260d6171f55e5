"""Measures: pure functions from what was said and what is right to numbers."""
