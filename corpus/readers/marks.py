"""Marks among the lines that a reader's own process hands over."""

IMAGE = "\x1dimage "
"""Stands before the name of a page image that is to be recognised."""
