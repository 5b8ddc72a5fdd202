"""The words of vendors: what their own engines demand, read in them, and do not run."""
