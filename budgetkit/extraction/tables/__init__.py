"""Second step: ruled tables, from drawn lines to figures.

The order of the modules is the way of a table: ``grids`` (cells and spans), ``cells`` (each
character into its cell), ``sheets`` (title and unit), ``tables`` (which table, continuation pages
joined), ``rows`` and ``facts`` (rows and measures through the code lists), ``targets`` (the forms
of performance targets).
"""
