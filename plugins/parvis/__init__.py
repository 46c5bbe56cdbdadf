"""Parvis: a community hub and blog that a brand makes from a git repository."""

__version__ = "0.1.0"
