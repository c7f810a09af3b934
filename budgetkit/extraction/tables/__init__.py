"""Ruled tables, from drawn lines to figures.

The order of the modules is the way of a table: ``grids`` (cells and spans), ``cells`` (each
character into its cell; ``overflow`` for figures that run over), ``sheets`` (``titles`` and units
around a grid), ``headers`` (which table, its columns; ``page_breaks`` between its pages), ``rows``
(what each is about; ``row_codes``) and ``facts``.  ``targets`` reads forms of performance targets
with their ``indicators``; ``stray`` lists amounts that no cell holds.
"""
