"""Route edges between shapes that have their places: at right angles, around everything.

`field` knows what stands in the way, `docks` where an edge may begin and end, `search` finds the
cheapest way, `free` does all edges of a drawing.
"""
