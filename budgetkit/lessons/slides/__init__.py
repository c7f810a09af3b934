"""The lessons as slides: one page a lesson, offline, without answers."""
