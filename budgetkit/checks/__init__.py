"""The audit: what in a disclosure disagrees with what, where and by how much.

``case`` lays out one disclosure, ``printed`` decides when two printed numbers agree, ``finding``
and ``messages`` hold what a check found and its sentence.  The checks are small functions in
``rules``, and rows of CSV files beside them; ``audit`` runs all of them over a dataset.
"""
