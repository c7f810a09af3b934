"""The closing project: one figure a bureau and a year, and one page to hand in."""
