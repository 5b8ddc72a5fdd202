"""The verbs of the command line: each says its options and does its work."""
