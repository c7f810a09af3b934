"""Run every rule over a dataset, and write, list or mark what was found."""
