"""Bureaus and years side by side: measures, guards against false comparison, figures, a page.

``measures`` says what each figure is, ``guards`` what stands in the way of comparing it,
``table`` puts both into one tidy frame; ``classification`` sums by function and economic class.
"""
