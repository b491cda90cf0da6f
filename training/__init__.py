"""Trains the models whose weights the product contains; not needed to run it."""
