"""From a scene to bytes: DOT for Graphviz, SVG, PNG, PDF and HTML, with a run written over it.

a scene   dot, xdot, dotfile; backend is Graphviz itself, offload and worker keep it apart
SVG       svg, paths, letters; how it looks: css, painter, colour_classes
a run     badges, spots
from SVG  png, page
"""
