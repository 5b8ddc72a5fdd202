"""Place boxes in columns and connect them at right angles: graph drawing that knows no BPMN.

The steps, each a module: `ranks` (which column), `layers` (bends for long arcs), `order` (who
stands above whom), `rows` (how far down), `ports` (where arcs dock), `tracks` (where arcs turn
between two columns), `columns` (how far right), `routes` (the points of every arc).
"""
