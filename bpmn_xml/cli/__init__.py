"""The command line: a table of verbs, each a module that is imported when it is needed.

`main` finds the verb and reports everything that can go wrong. What a verb makes goes to the
standard output or a file; what it has to say to people goes to the standard error.
"""
