"""Random processes for the tests of soundness, as text for `tests.core.drawn`."""

from __future__ import annotations

from hypothesis import strategies as st


@st.composite
def drawings(draw: st.DrawFn, most: int = 7) -> str:
    """A process of tasks and gateways; most of them are not sound."""
    size = draw(st.integers(1, most))
    nodes = [f"{draw(st.sampled_from('txxpjo'))}{i}" for i in range(size)]
    edges = {("s", nodes[0]): None}
    for i, node in enumerate(nodes):
        ahead = [*nodes[i + 1 :], "e"][:3]
        ways = 1 if node[0] == "t" else draw(st.integers(1, 3))
        for _ in range(ways):
            back = node[0] != "t" and draw(st.integers(0, 7)) == 0
            edges[node, draw(st.sampled_from(nodes[: i + 1] if back else ahead))] = None
    reached = {target for _, target in edges}
    for i, node in enumerate(nodes):
        if node not in reached:
            edges[draw(st.sampled_from(nodes[:i])), node] = None
    return "; ".join(f"{source} > {target}" for source, target in edges)
