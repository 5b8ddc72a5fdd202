"""What is not sound between the pools of a collaboration, besides what is in each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set

from bpmn_xml import model as m
from bpmn_xml.check.soundness import reduction
from bpmn_xml.check.soundness.conversation import ASLEEP, Pool, Talk, blocked, converse
from bpmn_xml.check.soundness.kernel import build, told
from bpmn_xml.check.soundness.messages import Post, post
from bpmn_xml.check.soundness.skeleton import Surroundings, UnknownKindError, names, skeleton
from bpmn_xml.check.soundness.space import MOST_MOVES, explore
from bpmn_xml.check.soundness.unfolding import unfolded
from bpmn_xml.check.soundness.verdict import Flaw, Trouble, last_node, leading_to_none, spelled
from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.program import Join


def misunderstandings(
    collaboration: m.Collaboration,
    processes: Mapping[str, Drafts],
    most: int = MOST_MOVES,
    *,
    runs: Collection[str] = (),
) -> Iterator[Flaw]:
    """All that goes wrong because a message is not sent when another pool needs it.

    Args:
        collaboration: with the participants and the message flows.
        processes: what was compiled of each process, by its id.
        most: how many moves of a pool are tried before it is called unknown.
        runs: the ids of the processes that are meant to be run.
    """
    taking_part = {
        one.process_ref or "": unfolded(processes[one.process_ref or ""], one.process_ref or "")
        for one in collaboration.participants
        if (one.process_ref or "") in processes and not one.participant_multiplicity
    }
    letters = post(collaboration, taking_part)
    if not letters.awaits:
        return
    found = [
        _pool(process, drafts, Surroundings(post=letters, runs=process in runs), most)
        for process, drafts in taking_part.items()
    ]
    pools = [pool for pool in found if pool is not None and not pool.faulty]
    if len(pools) < len(found):
        return  # of which has been told already
    vast = next((pool for pool in pools if not pool.space.complete), None)
    if vast:
        yield _unknown(vast, vast.space.moves)
    else:
        yield from _between(converse(pools), letters)


def _unknown(pool: Pool, moves: int) -> Flaw:
    return Flaw(Trouble.UNKNOWN, pool.process, container=pool.process, moves=moves)


def _between(talk: Talk, letters: Post) -> Iterator[Flaw]:
    """The flaws that a search has found, whether it was finished or not."""
    found = [*_unanswered(talk, letters)]
    yield from found
    if not talk.complete:
        yield from [] if found else [_unknown(talk.pools[0], len(talk.moments))]
    else:
        yield from _endless(talk)
        yield from _dead(talk, {flaw.where for flaw in found}, letters)


def _pool(process: str, drafts: Drafts, outside: Surroundings, most: int) -> Pool | None:
    (container,) = [one for one in drafts.containers if one.id == process]
    try:
        graph = skeleton(drafts, container, outside)
    except UnknownKindError:
        return None
    reduction.reduce(graph)
    kernel = build(graph)
    return Pool(process, kernel, explore(kernel, most))


def _unanswered(talk: Talk, letters: Post) -> Iterator[Flaw]:
    """Nodes that wait for a message for ever, each with the first way to it (10.5)."""
    always = not any(talk.ended(moment) for moment in talk.moments)
    told_of: set[str] = set()
    for index, at in blocked(talk):
        pool = talk.pools[at]
        awaited = _awaited(pool, talk.moments[index].points[at])
        for where, nodes in awaited.items():
            if where in told_of:
                continue
            told_of.add(where)
            yield Flaw(
                Trouble.DEADLOCK,
                where,
                container=pool.process,
                always=always,
                lacking=tuple(flow for node in nodes for flow in letters.awaits[node]),
                path=(*spelled(pool.kernel, talk.path(index, at)), where),
                unsent=True,
            )


def _awaited(pool: Pool, point: int) -> dict[str, list[str]]:
    """The nodes at which a pool waits, with the nodes for whose messages it waits there."""
    found: dict[str, list[str]] = {}
    program, ways = pool.kernel.program, pool.kernel.ways
    for flow in (flow for turn in pool.turns[point] for flow in turn.flows):
        if ways[flow].awaits:
            for where in names(program.nodes[program.flows[flow].source].id):
                nodes = found.setdefault(where, [])
                nodes += [ways[flow].awaits] if ways[flow].awaits not in nodes else []
    return found


def _endless(talk: Talk) -> Iterator[Flaw]:
    """A point from which the pools together never end, though each of them alone could."""
    final = [i for i, one in enumerate(talk.moments) if talk.ended(one) or not one.after]
    after = [moment.after for moment in talk.moments]
    lost = [i for i in leading_to_none(after, final) if not talk.moments[i].guessed]
    if not lost or any(_turns(pool) for pool in talk.pools):
        return
    moment = talk.moments[lost[0]]
    for at, pool in enumerate(talk.pools):
        if not pool.rests(moment.points[at]) and moment.points[at] != ASLEEP:
            where = last_node(pool.kernel, pool.space, moment.points[at])
            path = spelled(pool.kernel, talk.path(lost[0], at))
            yield Flaw(Trouble.LIVELOCK, where, container=pool.process, path=path)
            return


def _turns(pool: Pool) -> bool:
    """Whether a pool alone can come to a point from which it never ends."""
    points = pool.space.points
    final = [i for i, point in enumerate(points) if point.outcome]
    return bool(leading_to_none([[i for i, _ in point.after] for point in points], final))


def _waits(pool: Pool, index: int, waiting: Set[str]) -> bool:
    """Whether a node waits for all of its flows, one of which comes from what may wait in vain."""
    node, ways = pool.kernel.program.nodes[index], pool.kernel.ways
    passed = (name for flow in node.incoming for name in (ways[flow].awaits, *ways[flow].path))
    return node.join is Join.ALL and not waiting.isdisjoint(passed)


def _dead(talk: Talk, waiting: set[str], letters: Post) -> Iterator[Flaw]:
    """The elements that no message ever leads to; of what follows from each other, the first."""
    for at, pool in enumerate(talk.pools):
        program, taken = pool.kernel.program, talk.taken[at]
        alive = {program.flows[flow].target for flow in taken}
        alive -= {node for node in alive if _waits(pool, node, waiting)}
        alive.update(program.containers[0].starts)
        for index in sorted(pool.space.taken - taken):
            flow, way = program.flows[index], pool.kernel.ways[index]
            ends = {program.nodes[flow.source].id, program.nodes[flow.target].id}
            if flow.source not in alive or ends & waiting:
                continue
            where = way.awaits or next(iter(told(pool.kernel, index)), "")
            if where:
                lacking = letters.awaits.get(where, ())
                yield Flaw(Trouble.DEAD, where, pool.process, lacking=lacking, unsent=True)
