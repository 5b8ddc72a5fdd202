"""What each kind of element is to the core: its node, its data, its events, its work.

`nodes` makes the draft of a node and asks the others: of what a task asks of the outside (`work`,
`listeners`, `connectors`), of what an event waits for (`events`, `messages`, `links`), of how
often and around what it is done (`repeats`, `adhoc`, `compensation`). What it computes stands in
`conditions`, `values` and `scripts`; where Python gives it, in `python_values`.

    data/    what moves in and out: associations, as the standard has them, and vendors' mappings
    people/  user tasks and their forms
"""
