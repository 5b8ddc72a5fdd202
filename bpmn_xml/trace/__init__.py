"""What happened, as JSON Lines: a header, then a line per batch, ids in place of indices.

`codec` says a batch as a line and back, `writer` and `reader` are its two ends, `tally` counts
what happened per element and `summary` turns the counts into the state of each element. `why` says
of an instance where its tokens stand (`standstill`), `histories` of all that a trace tells of.
"""
