"""Tasks that call, send, receive and compute: what they must declare (10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.check.rules.texts import is_media_type

Messaging = m.SendTask | m.ReceiveTask | m.ServiceTask
ONE_SET: Final = "keep one set"
SAME_ITEM: Final = "give both the same item definition"
ONE_ITEM: Final = "keep one, and give it the item definition of the message"


def inputs(task: m.Activity) -> tuple[m.DataInput, ...]:
    """Return the data inputs of an activity."""
    return task.io_specification.data_inputs if task.io_specification else ()


def outputs(task: m.Activity) -> tuple[m.DataOutput, ...]:
    """Return the data outputs of an activity."""
    return task.io_specification.data_outputs if task.io_specification else ()


def input_sets(task: m.Activity) -> tuple[m.InputSet, ...]:
    """Return the input sets of an activity."""
    return task.io_specification.input_sets if task.io_specification else ()


def output_sets(task: m.Activity) -> tuple[m.OutputSet, ...]:
    """Return the output sets of an activity."""
    return task.io_specification.output_sets if task.io_specification else ()


def _has_another_item(
    task: m.ServiceTask, data: Sequence[m.DataInput | m.DataOutput], sent: m.Message | None
) -> bool:
    """Tell whether a message is not carried by a single piece of data with its item."""
    if sent is None or task.io_specification is None:
        return False
    return [one.item_subject_ref for one in data] != [sent.item_ref]


@rule(42, "10.3", remedy="give it an ioSpecification with one inputSet")
def _has_no_single_input_set(task: m.ServiceTask, _: Facts) -> Verdict:
    """A service task with an operation must have exactly one input set."""
    return bool(task.operation_ref) and len(input_sets(task)) != 1


@rule(43, "10.3", remedy=ONE_SET)
def _service_has_many_output_sets(task: m.ServiceTask, _: Facts) -> Verdict:
    """A service task with an operation must not have several output sets."""
    return bool(task.operation_ref) and len(output_sets(task)) > 1


@rule(44, "10.3", remedy=ONE_ITEM)
def _takes_another_item(task: m.ServiceTask, facts: Facts) -> Verdict:
    """A service task must have one data input, with the item of the operation's inMessage."""
    known = facts.find(task.operation_ref, m.Operation)
    taken = facts.find(known.in_message_ref, m.Message) if known else None
    return _has_another_item(task, inputs(task), taken)


@rule(45, "10.3", remedy=ONE_ITEM)
def _gives_another_item(task: m.ServiceTask, facts: Facts) -> Verdict:
    """A service task must have one data output, with the item of the operation's outMessage."""
    known = facts.find(task.operation_ref, m.Operation)
    given = facts.find(known.out_message_ref, m.Message) if known else None
    return _has_another_item(task, outputs(task), given)


@rule(46, "10.3", remedy=ONE_SET)
def _has_many_input_sets(task: m.SendTask, _: Facts) -> Verdict:
    """A send task with a message must not have several input sets."""
    return bool(task.message_ref) and len(input_sets(task)) > 1


@rule(47, "10.3", remedy="keep one data input")
def _sends_many(one: m.SendTask, _: Facts) -> Verdict:
    """A send task with a message must not have several data inputs."""
    return bool(one.message_ref) and len(inputs(one)) > 1


@rule(48, "10.3", remedy=SAME_ITEM)
def _sends_another_item(task: m.SendTask, facts: Facts) -> Verdict:
    """The data input of a send task must have the item of its message."""
    sent = facts.find(task.message_ref, m.Message)
    return sent is not None and any(one.item_subject_ref != sent.item_ref for one in inputs(task))


@rule(49, "10.3", remedy="remove the flow, or the attribute instantiate")
def _starting_task_is_entered(one: m.ReceiveTask, facts: Facts) -> Verdict:
    """A receive task that starts a process must not have an incoming flow."""
    return one.instantiate and bool(facts.incoming(one))


@rule(50, "10.3", remedy=ONE_SET)
def _receive_has_many_output_sets(task: m.ReceiveTask, _: Facts) -> Verdict:
    """A receive task with a message must not have several output sets."""
    return bool(task.message_ref) and len(output_sets(task)) > 1


@rule(51, "10.3", remedy="keep one data output")
def _receives_many(one: m.ReceiveTask, _: Facts) -> Verdict:
    """A receive task with a message must not have several data outputs."""
    return bool(one.message_ref) and len(outputs(one)) > 1


@rule(52, "10.3", remedy=SAME_ITEM)
def _receives_another_item(task: m.ReceiveTask, facts: Facts) -> Verdict:
    """The data output of a receive task must have the item of its message."""
    received = facts.find(task.message_ref, m.Message)
    return received is not None and any(
        one.item_subject_ref != received.item_ref for one in outputs(task)
    )


@rule(53, "10.3", remedy='add scriptFormat="text/x-python", or what it is')
def _lacks_format(task: m.ScriptTask | m.GlobalScriptTask, _: Facts) -> Verdict:
    """A script must say its scriptFormat."""
    known = task.script_format if isinstance(task, m.ScriptTask) else task.script_language
    return task.script is not None and not known


@rule(145, "10.3", remedy="write a media type, as text/x-groovy", extended=True)
def _has_no_media_type(task: m.ScriptTask | m.GlobalScriptTask, _: Facts) -> Verdict:
    """A scriptFormat must be a media type."""
    known = task.script_format if isinstance(task, m.ScriptTask) else task.script_language
    return bool(known) and not is_media_type(known) and f"'{known}' is no media type"
