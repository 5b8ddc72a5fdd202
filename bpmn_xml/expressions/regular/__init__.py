r"""Regular expressions of XPath, as FEEL and JUEL have them, searched in bounded time.

A pattern is read into a tree (`patterns`, with its sets of characters: `charsets`, `blocks`), which
is written out as a program (`programs`); that goes through a text all ways at once (`matcher`), to
put something else in the place of what is found, too (`replacing`).
"""
