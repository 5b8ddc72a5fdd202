"""What is different between two diagrams, as their author would say it, not line by line.

`content` writes every element as facts, `comparison` matches the elements of two files by their
ids, `ghosts` brings back what was removed, for a picture that shows both.
"""
