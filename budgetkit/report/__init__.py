"""The report of one department and year, from a dataset to one self-contained HTML file."""
