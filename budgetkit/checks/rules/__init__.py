"""The checks themselves, one module a kind; what they share is in the folder above."""
