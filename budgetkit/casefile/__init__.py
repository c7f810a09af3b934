"""The findings of one department as a file that a person can send."""
