"""What an activity needs before it begins: all that one of its input sets requires (10.4.2).

A node in front of the activity lets tokens on, at once or when the data has come (13.3.2); in a
stub run, which has no data, at once. What vendors draw so is not asked for by their engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bpmn_xml import model as m
from bpmn_xml.compiler.drafts import NodeDraft
from bpmn_xml.compiler.elements.data.associations import held_name, minds_sets, store_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import DATA, Condition, EventSpec, Kind, Trigger
from bpmn_xml.compiler.wiring import Wiring, instantiates

Names = tuple[str, ...]


def wait_for_inputs(file: DiagramFile, wiring: Wiring) -> None:
    """Put a node before each activity of a level that needs data."""
    if not minds_sets(file):
        return
    chosen = {
        flow.target_ref
        for name, leaving in wiring.leaving.items()
        if isinstance(wiring.nodes[name], m.EventBasedGateway)
        for flow in leaving
    }
    waiting = {
        name: sets
        for name, node in wiring.nodes.items()
        if isinstance(node, m.Activity) and name not in chosen and not instantiates(node)
        if (sets := tuple(required(file, node))) and all(sets)
    }
    for draft in [draft for draft in file.drafts.nodes if draft.id in waiting] if waiting else ():
        _put_before(file, draft, _all_of_one(file, waiting[draft.id]))


def required(file: DiagramFile, activity: m.Activity) -> Iterator[Names]:
    """Per input set the variables from which its data comes, but for what it may do without.

    What a data store holds is there already, and is read when the activity begins (10.4.1).
    """
    stated = activity.io_specification
    for one in stated.input_sets if stated is not None else ():
        needless = {*one.optional_input_refs, *one.while_executing_input_refs}
        wanted = {ref for ref in one.data_input_refs if ref not in needless}
        moved = (a for a in activity.data_input_associations if a.target_ref in wanted)
        refs = [ref for a in moved if not store_of(file, a.source_refs) for ref in a.source_refs]
        yield tuple(dict.fromkeys(held_name(file, ref) for ref in refs))


def _all_of_one(file: DiagramFile, sets: tuple[Names, ...]) -> Condition:
    """The condition that all variables of one of the sets have a value."""
    without = file.options.stub

    def available(names: Mapping[str, object]) -> bool:
        return without or any(all(names.get(name) is not None for name in one) for one in sets)

    return Condition(" or ".join(" and ".join(one) for one in sets), DATA, available)


def _put_before(file: DiagramFile, activity: NodeDraft, needs: Condition) -> None:
    """Put the node before all other jobs before the activity, so that they see the data."""
    waits = NodeDraft(
        id=f"{activity.id}/input",
        name=activity.name,
        kind=Kind.INPUT,
        container=activity.container,
        events=(EventSpec(trigger=Trigger.CONDITIONAL, condition=needs),),
        lane=activity.lane,
        place=activity.place,
    )
    file.drafts.nodes.append(waits)
    file.preludes.setdefault(activity.id, []).insert(0, waits.id)
