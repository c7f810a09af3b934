"""Tests of budgetkit, and the typesetter of the documents that they read."""
