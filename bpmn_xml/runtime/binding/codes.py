"""Every reason for which a binding is refused. Codes are stable: a script may look for them."""

from __future__ import annotations

from typing import Final

UNBOUND: Final = "BX201"
NOT_ALLOWED: Final = "BX202"
NOT_IMPORTED: Final = "BX203"
NO_SUCH_NAME: Final = "BX204"
DEFINED_ELSEWHERE: Final = "BX205"
NOT_CALLABLE: Final = "BX206"
SHADOWS_STANDARD: Final = "BX207"
MALFORMED: Final = "BX208"
BAD_TABLE: Final = "BX209"
IDLE_LINE: Final = "BX210"
UNASKED: Final = "BX211"
SHARED_ID: Final = "BX212"
NOT_AGAIN: Final = "BX213"
UNWRITTEN: Final = "BX214"

TITLES: Final = {
    UNBOUND: "No Python is bound to the task",
    NOT_ALLOWED: "The module is in no place from which may be imported",
    NOT_IMPORTED: "The module could not be imported",
    NO_SUCH_NAME: "The module has no such function or class",
    DEFINED_ELSEWHERE: "What is named is defined in no place from which may be imported",
    NOT_CALLABLE: "What is named cannot be called as a task",
    SHADOWS_STANDARD: "A module beside the drawing has the name of a standard one",
    MALFORMED: "A binding is not of the form python:module:Class.method",
    BAD_TABLE: "The table of bindings cannot be used",
    IDLE_LINE: "A line of the table of bindings names no task, but nearly one",
    UNASKED: "Python is bound to a condition that is computed",
    SHARED_ID: "A task gets the Python of another drawing's task by their common id",
    NOT_AGAIN: "A producer that has given results is not tried again",
    UNWRITTEN: "The Python of a task is as `bpmn-xml bindings` made it, and does nothing",
}

REMEDIES: Final = {
    UNBOUND: "write a function of its name in the .py beside the drawing that is called like it, "
    "add a line to bindings.toml, or give it as handlers={...}",
    NOT_ALLOWED: "put it beside the drawing, name its folder with --path, or allow an installed "
    "module with --allow-import",
    NOT_IMPORTED: "mend the module: python -c 'import ...' shows the same fault",
    NO_SUCH_NAME: "correct the name, or write the function",
    DEFINED_ELSEWHERE: "name the module that defines it, and allow that",
    NOT_CALLABLE: "bind a function, a method, or a class that can be made without arguments",
    SHADOWS_STANDARD: "rename the module",
    MALFORMED: "write python:module:function or python:module:Class.method",
    BAD_TABLE: 'write lines of the form name = "python:module:function"',
    IDLE_LINE: "correct the name, if that task was meant",
    UNASKED: "remove the binding, or call Python in the condition, as in ${rules.holds(n)}",
    SHARED_ID: "give the tasks ids or names of their own, and bind them by those",
    UNWRITTEN: "write it, and delete the line in its docstring that says so",
    NOT_AGAIN: 'say bx:resumable="true" if it may be called again, its first results passed over',
}
"""What may be done about each, in general."""
