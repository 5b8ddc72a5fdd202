"""Whom a task may lead to: keys of the model that are tasks with an input, each named once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bpmn_xml.formats.conf import codes
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.formats.conf.tasks import CONNECTION, LegacyType
from bpmn_xml.formats.conf.wiring import Tasks
from bpmn_xml.wording import shorten


def check_successors(tasks: Tasks, types: Mapping[str, str], faults: Faults) -> None:
    """Name every successor that cannot be one; `types` has all keys, also those without task."""
    for task in tasks.values():
        for option, targets in (("OnSuccess", task.on_success), ("OnFailure", task.on_failure)):
            for code, message, remedy in wrong_targets(task.key, targets, types, faults):
                words = f"{option} of '{shorten(task.key)}' {message}"
                faults.report(code, task.lines[option], words, remedy, key=task.key)
        if task.type is LegacyType.SINK and task.on_success:
            message = f"'{shorten(task.key)}' is a sink, but its OnSuccess leads on"
            remedy = "make it a transfer, or empty OnSuccess"
            line = task.lines["OnSuccess"]
            faults.report(codes.WRONG_SUCCESSOR, line, message, remedy, key=task.key)


def wrong_targets(
    key: str, targets: tuple[str, ...], types: Mapping[str, str], faults: Faults
) -> Iterator[tuple[str, str, str]]:
    """Yield (code, message, remedy) of every target that cannot be one."""
    seen = set()
    for target in targets:
        name = shorten(target)
        if target in seen:
            yield codes.WRONG_SUCCESSOR, f"names '{name}' twice", "name it once"
        elif target not in types:
            hint = faults.hint(target, types)
            comment = "; comments stand on lines of their own" if set("#;") & set(target) else ""
            message = f"leads to '{name}', which is no key of [model]{hint}{comment}"
            yield codes.UNKNOWN_SUCCESSOR, message, "correct the name, or add it to keys"
        elif target == key:
            yield codes.WRONG_SUCCESSOR, "leads to itself", "name another section"
        elif types[target] == CONNECTION:
            message = f"leads to the connection '{name}', which is no task"
            yield codes.WRONG_SUCCESSOR, message, "name the task behind it"
        elif types[target] == LegacyType.GENERATOR:
            message = f"leads to the generator '{name}', which has no input"
            yield codes.WRONG_SUCCESSOR, message, f"make '{name}' a transfer"
        seen.add(target)
