"""What a dataset's reader did not understand, and the rows of the lists that would tell it."""
