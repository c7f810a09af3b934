"""Figures: one style, one font, the same bytes each time."""
