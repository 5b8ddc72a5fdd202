"""Tasks that call, send, receive and compute: what they must declare (10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.check.rules.texts import is_media_type

Messaging = m.SendTask | m.ReceiveTask | m.ServiceTask


def inputs(task: m.Activity) -> tuple[m.DataInput, ...]:
    """Return the data inputs of an activity."""
    return task.io_specification.data_inputs if task.io_specification else ()


def outputs(task: m.Activity) -> tuple[m.DataOutput, ...]:
    """Return the data outputs of an activity."""
    return task.io_specification.data_outputs if task.io_specification else ()


def operation(task: Messaging, facts: Facts) -> m.Operation | None:
    """Return the operation that a task names."""
    return facts.find(task.operation_ref, m.Operation)


def message(task: m.SendTask | m.ReceiveTask, facts: Facts) -> m.Message | None:
    """Return the message that a task sends or receives."""
    return facts.find(task.message_ref, m.Message)


def has_no_single_input_set(task: m.ServiceTask, _: Facts) -> Verdict:
    """Tell whether a service task with an operation has not exactly one input set."""
    sets = task.io_specification.input_sets if task.io_specification else ()
    return bool(task.operation_ref) and len(sets) != 1


def has_many_output_sets(task: m.ServiceTask | m.ReceiveTask, _: Facts) -> Verdict:
    """Tell whether a task with an operation or a message has several output sets."""
    reference = task.message_ref if isinstance(task, m.ReceiveTask) else task.operation_ref
    sets = task.io_specification.output_sets if task.io_specification else ()
    return bool(reference) and len(sets) > 1


def has_many_input_sets(task: m.SendTask, _: Facts) -> Verdict:
    """Tell whether a send task with a message has several input sets."""
    sets = task.io_specification.input_sets if task.io_specification else ()
    return bool(task.message_ref) and len(sets) > 1


def takes_another_item(task: m.ServiceTask, facts: Facts) -> Verdict:
    """Tell whether a data input has another item than the message that an operation takes."""
    known = operation(task, facts)
    taken = facts.find(known.in_message_ref, m.Message) if known else None
    return _has_another_item(task, inputs(task), taken)


def gives_another_item(task: m.ServiceTask, facts: Facts) -> Verdict:
    """Tell whether a data output has another item than the message that an operation gives."""
    known = operation(task, facts)
    given = facts.find(known.out_message_ref, m.Message) if known else None
    return _has_another_item(task, outputs(task), given)


def _has_another_item(
    task: m.ServiceTask, data: Sequence[m.DataInput | m.DataOutput], sent: m.Message | None
) -> bool:
    """Tell whether a message is not carried by a single piece of data with its item."""
    if sent is None or task.io_specification is None:
        return False
    return [one.item_subject_ref for one in data] != [sent.item_ref]


def sends_another_item(task: m.SendTask, facts: Facts) -> Verdict:
    """Tell whether a data input has another item than the message that is sent."""
    sent = message(task, facts)
    return sent is not None and any(one.item_subject_ref != sent.item_ref for one in inputs(task))


def receives_another_item(task: m.ReceiveTask, facts: Facts) -> Verdict:
    """Tell whether a data output has another item than the message that is received."""
    received = message(task, facts)
    return received is not None and any(
        one.item_subject_ref != received.item_ref for one in outputs(task)
    )


def lacks_format(task: m.ScriptTask | m.GlobalScriptTask, _: Facts) -> Verdict:
    """Tell whether a script does not say what it is written in."""
    known = task.script_format if isinstance(task, m.ScriptTask) else task.script_language
    return task.script is not None and not known


def has_no_media_type(task: m.ScriptTask | m.GlobalScriptTask, _: Facts) -> Verdict:
    """Tell whether what a script says it is written in is no media type."""
    known = task.script_format if isinstance(task, m.ScriptTask) else task.script_language
    return bool(known) and not is_media_type(known) and f"'{known}' is no media type"


ONE_SET: Final = "keep one set"
SAME_ITEM: Final = "give both the same item definition"
ONE_ITEM: Final = "keep one, and give it the item definition of the message"

TASKS: Final = (
    rule(
        42,
        "10.3",
        m.ServiceTask,
        "a service task with an operation must have exactly one input set",
        has_no_single_input_set,
        mend="give it an ioSpecification with one inputSet",
    ),
    rule(
        43,
        "10.3",
        m.ServiceTask,
        "a service task with an operation must not have several output sets",
        has_many_output_sets,
        mend=ONE_SET,
    ),
    rule(
        44,
        "10.3",
        m.ServiceTask,
        "a service task must have one data input, with the item of the operation's inMessage",
        takes_another_item,
        mend=ONE_ITEM,
    ),
    rule(
        45,
        "10.3",
        m.ServiceTask,
        "a service task must have one data output, with the item of the operation's outMessage",
        gives_another_item,
        mend=ONE_ITEM,
    ),
    rule(
        46,
        "10.3",
        m.SendTask,
        "a send task with a message must not have several input sets",
        has_many_input_sets,
        mend=ONE_SET,
    ),
    rule(
        47,
        "10.3",
        m.SendTask,
        "a send task with a message must not have several data inputs",
        lambda one, _: bool(one.message_ref) and len(inputs(one)) > 1,
        mend="keep one data input",
    ),
    rule(
        48,
        "10.3",
        m.SendTask,
        "the data input of a send task must have the item of its message",
        sends_another_item,
        mend=SAME_ITEM,
    ),
    rule(
        49,
        "10.3",
        m.ReceiveTask,
        "a receive task that starts a process must not have an incoming flow",
        lambda one, facts: one.instantiate and bool(facts.incoming(one)),
        mend="remove the flow, or the attribute instantiate",
    ),
    rule(
        50,
        "10.3",
        m.ReceiveTask,
        "a receive task with a message must not have several output sets",
        has_many_output_sets,
        mend=ONE_SET,
    ),
    rule(
        51,
        "10.3",
        m.ReceiveTask,
        "a receive task with a message must not have several data outputs",
        lambda one, _: bool(one.message_ref) and len(outputs(one)) > 1,
        mend="keep one data output",
    ),
    rule(
        52,
        "10.3",
        m.ReceiveTask,
        "the data output of a receive task must have the item of its message",
        receives_another_item,
        mend=SAME_ITEM,
    ),
    rule(
        53,
        "10.3",
        (m.ScriptTask, m.GlobalScriptTask),
        "a script must say its scriptFormat",
        lacks_format,
        mend='add scriptFormat="text/x-python", or what it is',
    ),
    rule(
        145,
        "10.3",
        (m.ScriptTask, m.GlobalScriptTask),
        "a scriptFormat must be a media type",
        has_no_media_type,
        mend="write a media type, as text/x-groovy",
        extended=True,
    ),
)
