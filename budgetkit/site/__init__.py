"""A static site of a dataset: departments, reports, comparison, case files, data."""
