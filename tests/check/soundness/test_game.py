"""The verdict of `check` is that of a plain token game, on small random processes of all kinds."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from bpmn_xml.check.soundness.analysis import problems
from bpmn_xml.check.soundness.verdict import Trouble
from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.program import Kind
from tests.check.soundness.game import Game, TooLargeError
from tests.core.drawn import around, drafts

KINDS = {"UNBOUNDED": "UNSAFE", "NO_END": "LIVELOCK"}
CONDITIONS = (("n", "not n"), ("m", "not m"))


def drawing(chance: Random) -> Drafts:
    """A random process; w are tasks that write only `m`."""
    size = chance.randint(2, 7)
    nodes = [f"{chance.choice('ttaaxxyxppjjoigz')}{i}" for i in range(size)]
    ends = ["e8", "e9", "q9"] if chance.random() < 0.3 else ["e8", "e9"]
    flows: dict[tuple[str, str], str] = {("s", nodes[0]): ""}
    parts, soft = [], []
    for i, node in enumerate(nodes):
        ahead = [*nodes[i + 1 :], *ends][:4]
        many = node[0] in "xpog" or chance.random() < 0.1
        for _ in range(chance.randint(2, 3) if many else 1):
            back = node[0] in "xpo" and chance.random() < 0.15
            flows[node, chance.choice(nodes[: i + 1] if back else ahead)] = ""
        if node[0] in "ta" and chance.random() < 0.2:
            parts.append(f"{node} !C{i}:b{i}")
            soft += [f"b{i}"] if chance.random() < 0.4 else []
            flows[f"b{i}", chance.choice(ahead)] = ""
        if node[0] == "z":
            parts.append(f"{node}: s{i} > x{i}1 > t{i}1 > p{i}1; {node}: x{i}1 > a{i}1 > p{i}1")
            parts.append(f"{node}: p{i}1 > e{i}1")
    where = {name: i for i, name in enumerate(["s", *nodes, *ends])}
    reached = {target for source, target in flows if where.get(source, 0) < where[target]}
    for i, node in enumerate(nodes):
        if node not in reached:
            flows[chance.choice(nodes[:i]), node] = ""
    for node in nodes:
        leaving = [one for one in flows if one[0] == node]
        if node[0] in "xo" and 1 < len(leaving) < 4 and chance.random() < 0.7:
            asked = chance.sample(CONDITIONS, 2)
            for one, either in zip(leaving[:-1], asked, strict=False):
                flows[one] = f"[{chance.choice(either)}]"
            flows[leaving[-1]] = "*"
    parts += [f"{source} >{how} {target}" for (source, target), how in flows.items()]
    maps = {node: around(outputs="m = 1") for node in nodes if node[0] == "t"}
    frames = {node: frame for node, frame in maps.items() if chance.random() < 0.5}
    given: dict[str, Any] = {"soft": soft, "frames": frames}
    return drafts("; ".join(parts), **given)


def _always_takes_one(drawn: Drafts) -> bool:
    """Whether a choice is none: that what is behind it is dead is told where it is compiled."""
    leaving = Counter(flow.source for flow in drawn.flows if flow.condition is None)
    choices = [node.id for node in drawn.nodes if node.kind is Kind.EXCLUSIVE_GATEWAY]
    return any(leaving[name] > 1 for name in choices)


def disagreement(drawn: Drafts) -> str:
    """In which way `check` and the game do not say the same of a process; empty if they do."""
    found = list(problems(drawn, runs=True))
    for container in drawn.containers:
        here = [flaw for flaw in found if flaw.container == container.id]
        if any(flaw.trouble is Trouble.UNKNOWN for flaw in here):
            continue
        try:
            kinds, always, dead = Game(drawn, container.id).verdict()
        except TooLargeError:
            continue
        names = {flaw.trouble.name for flaw in here if flaw.trouble is not Trouble.DEAD}
        told = {KINDS.get(name, name) for name in names}
        if ("UNSAFE" in told) is not ("UNSAFE" in kinds):
            return f"{container.id}: {sorted(told)}, but {sorted(kinds)}"
        if "UNSAFE" not in kinds and told != kinds:
            return f"{container.id}: {sorted(told)}, but {sorted(kinds)}"
        if kinds == {"DEADLOCK"} and always is not any(flaw.always for flaw in here):
            return f"{container.id}: always is {not always}"
        found_dead = any(flaw.trouble is Trouble.DEAD for flaw in here)
        if not kinds and bool(dead) is not found_dead and not _always_takes_one(drawn):
            return f"{container.id}: dead are {sorted(dead)}"
    return ""


@pytest.mark.parametrize("seed", range(80))
def test_the_verdict_is_that_of_a_token_game(seed: int) -> None:
    assert disagreement(drawing(Random(seed))) == ""
