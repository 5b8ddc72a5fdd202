"""From a model and one of its planes to a scene: every primitive that is drawn, and where.

    what is drawn  model_index, plane, nesting; subject is one element of these, measure its bounds
    tables         figures (shapes, with outlines and symbols), routes (edges), icons/
    names          captions (where), lettering (how), settling (out of the way of terrain)

`compose` makes the `scene` of them.
"""
