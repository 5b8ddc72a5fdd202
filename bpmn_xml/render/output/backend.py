"""Graphviz: the one that comes with pygraphviz, else the `dot` program of the machine."""

from __future__ import annotations

from bpmn_xml.errors import InternalError, UsageError
from bpmn_xml.render.output.offload import LONG, in_worker


def render(source: str, fmt: str) -> bytes:
    """Draw a DOT source in which every position is fixed; a long one in a process of its own.

    So is PDF, whose library of fonts writes to stderr what it thinks of this machine.

    Raises:
        UsageError: nothing here can draw, or it takes too long.
        InternalError: Graphviz failed.
    """
    if len(source) < LONG and fmt != "pdf":
        return drawn(source, fmt)
    return in_worker("graphviz", fmt, data=source.encode())


def drawn(source: str, fmt: str) -> bytes:
    """Draw a DOT source here.

    The source must name its charset before any text of a diagram: pygraphviz looks for the first.
    """
    try:
        import pygraphviz
    except ImportError:
        return _by_program(source, fmt)
    graph = pygraphviz.AGraph()
    try:
        graph.from_string(source)
        graph.has_layout = True  # positions are in the source: draw, do not lay out
        data = graph.draw(format=fmt)
    except (ValueError, TypeError, OSError) as error:
        raise InternalError(f"Graphviz did not draw {fmt}: {error}") from error
    finally:
        graph.close()
    return bytes(data)


def _by_program(source: str, fmt: str) -> bytes:
    """Draw with the `dot` program; `neato -n2` keeps all positions."""
    import graphviz

    try:
        return bytes(graphviz.pipe("neato", fmt, source.encode(), neato_no_op=2))
    except graphviz.ExecutableNotFound as error:
        raise UsageError(
            "nothing here can draw",
            remedy="install pygraphviz 2 (pip install pygraphviz) or Graphviz' dot program",
        ) from error
    except graphviz.CalledProcessError as error:
        raise InternalError(f"Graphviz did not draw {fmt}: {error.stderr!r}") from error
