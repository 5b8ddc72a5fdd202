"""The data objects and properties of a process have no value until one is written (10.4.1).

They are there as long as the process is: what reads one that is unset reads nothing, and only a
name that nobody declares is unknown. No variable stands for it, so that no result lists it.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from bpmn_xml import model as m
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Node, Program, levels
from bpmn_xml.compiler.wiring import process_of

T = TypeVar("T")
Reads = Callable[[Mapping[str, Any]], T]


def data_around(file: DiagramFile, element: m.Element, language: str) -> Collection[str]:
    """The names of the data that the process around an element has declared.

    To FEEL all that is not there is null, so that it needs to know none.
    """
    if language == "feel" or not file.declared:
        return ()
    process = process_of(file, element)
    return file.declared.get(getattr(process, "id", ""), ())


def data_of_process(program: Program, node: Node) -> Collection[str]:
    """The names of the data that the process around a node has declared."""
    return levels.process_of(program, node).local


def reading_unset(read: Reads[T], wanted: Collection[str], declared: Collection[str]) -> Reads[T]:
    """The function that finds nothing in the place of what it wants, if that is declared and unset.

    >>> def twice(names):
    ...     return names["n"] and names["n"] * 2
    >>> maybe = reading_unset(twice, ["n", "m"], ["n"])
    >>> maybe({}), maybe({"n": 4})
    (None, 8)
    """
    unset = dict.fromkeys(name for name in wanted if name in declared)
    if not unset:
        return read

    def read_or_none(names: Mapping[str, Any]) -> T:
        for name in unset:
            if name not in names:
                return read(ChainMap(names, unset))  # type: ignore[arg-type] # it is only read
        return read(names)

    return read_or_none
