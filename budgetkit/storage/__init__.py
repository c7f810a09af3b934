"""The files of a dataset: read, written whole or not at all, and asked in SQL."""
