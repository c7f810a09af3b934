"""Copies of clean disclosures with slips of the pen in them, and the key to each."""
