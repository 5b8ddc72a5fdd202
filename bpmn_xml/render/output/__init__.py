"""From a scene to bytes: DOT for Graphviz, SVG, PNG, PDF and HTML, with a run written over it."""
