"""A project of the user's own: its folders, the notebooks to edit, what to do next."""
