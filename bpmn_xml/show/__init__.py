"""Runs while they go on: every batch counted, and what a notebook shows of it."""
