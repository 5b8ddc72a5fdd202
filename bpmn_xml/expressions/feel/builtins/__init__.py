"""FEEL's built-in functions, a table in each module by what they work on."""
