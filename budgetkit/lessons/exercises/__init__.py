"""The exercises of each lesson: a module a lesson."""
