"""Model to positions: draw a process that has no drawing."""
