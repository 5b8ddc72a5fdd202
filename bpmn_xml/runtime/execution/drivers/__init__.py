"""Whose threads get the entries of the queue done: the caller's, or workers."""
