"""The audit: what in a disclosure disagrees with what, where and by how much.

``catalogue`` lists the checks, which are small functions in ``rules`` and rows of CSV files beside
them; ``printed`` decides when two printed numbers agree; ``finding`` and ``messages`` hold what a
check found and its sentence; ``audit`` runs all of them over a dataset.
"""
