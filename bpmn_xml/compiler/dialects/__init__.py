"""What the vendors' attributes and elements mean here: one table per dialect."""
