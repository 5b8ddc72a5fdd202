"""Every reason for which a diagram is refused or remarked on before its first step.

Codes are stable: a script may look for them. `BX1xx` are the gate's; they are about running, not
about conformance to the letter of the standard.
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model import Element
from bpmn_xml.model.about import finding_about
from bpmn_xml.wording import printable

ELEMENT: Final = "BX101"
EVENT: Final = "BX102"
ATTRIBUTE: Final = "BX103"
DATA: Final = "BX104"
EXTENSION: Final = "BX105"
UNDERSTOOD: Final = "BX106"
DRAWN: Final = "BX107"
NO_EXPRESSION: Final = "BX110"
LANGUAGE: Final = "BX111"
CHOICE: Final = "BX112"
NOT_ASKED: Final = "BX113"
NEVER_TAKEN: Final = "BX114"
ASSUMED: Final = "BX115"
LOOSE_FLOW: Final = "BX120"
BORDER: Final = "BX121"
DIRECTION: Final = "BX122"
HOST: Final = "BX123"
DEFAULT: Final = "BX124"
SAME_ID: Final = "BX125"
NO_BEGIN: Final = "BX126"
NEVER_JOINED: Final = "BX127"
NEVER_REACHED: Final = "BX128"
MANY_BEGINS: Final = "BX129"
NOTHING: Final = "BX130"
NO_PROCESS: Final = "BX131"
LEFT_OUT: Final = "BX132"
CALLED: Final = "BX133"
LINK: Final = "BX134"
HANDLER: Final = "BX135"
SCRIPT: Final = "BX140"
NO_SCRIPT: Final = "BX141"
NEVER_TOGETHER: Final = "BX150"
READ_TWICE: Final = "BX151"
ONE_RESULT: Final = "BX152"
VALUE: Final = "BX160"
NO_EFFECT: Final = "BX161"
ALLOWED: Final = "BX163"
NO_FORM: Final = "BX164"

TITLES: Final[dict[str, str]] = {
    ELEMENT: "This kind of element cannot be run",
    EVENT: "This event cannot be run in this place",
    ATTRIBUTE: "This attribute would change the flow and cannot be run",
    DATA: "This way of passing data cannot be run",
    EXTENSION: "This vendor's extension cannot be run",
    UNDERSTOOD: "The file says that an extension must be understood, and it is not known",
    DRAWN: "Data is drawn, but holds no variable of its own",
    NO_EXPRESSION: "An expression cannot be read",
    LANGUAGE: "An expression is in a language that cannot be evaluated",
    CHOICE: "A choice names an element or a flow that is not there",
    NOT_ASKED: "A condition is never asked",
    NEVER_TAKEN: "A flow can never be taken",
    ASSUMED: "Something is assumed where nothing is known",
    LOOSE_FLOW: "A sequence flow leads from or to nothing",
    BORDER: "A sequence flow crosses the border of a sub-process or process",
    DIRECTION: "A flow leads into an event that begins, or out of one that ends",
    HOST: "A boundary event is not attached to an activity of its level",
    DEFAULT: "A default flow does not leave its element",
    SAME_ID: "Several elements that are to be run have the same id",
    NO_BEGIN: "It is not clear where to begin",
    NEVER_JOINED: "A join waits on a flow along which nothing can come",
    NEVER_REACHED: "Nothing leads to an element",
    MANY_BEGINS: "A process has several start events",
    NOTHING: "Nothing in the file can be run",
    NO_PROCESS: "There is no such process",
    LEFT_OUT: "A file adds nothing to what is run",
    CALLED: "What a call activity calls is not there",
    LINK: "A link event has no partner",
    HANDLER: "It is not clear what is undone, or by what",
    SCRIPT: "A script is not run unless scripts are allowed",
    NO_SCRIPT: "A script cannot be run",
    NEVER_TOGETHER: "A join waits for results of different producers",
    READ_TWICE: "A join reads an arrival that can come more than once",
    ONE_RESULT: "Many results come where only one is taken",
    VALUE: "A setting has no valid value",
    NO_EFFECT: "A setting has no effect in its place",
    NO_FORM: "Not all that a form says has an effect",
    ALLOWED: "A vendor's word that is not known is let pass",
}
"""The title of each code."""

REMEDIES: Final = {
    ELEMENT: "draw it with an element that is run: bpmn-xml features lists them",
    EVENT: "draw another event, or complete what it waits for or throws",
    ATTRIBUTE: "remove the attribute, or draw what it means with gateways",
    DATA: "pass the data by variables, or by a mapping",
    EXTENSION: "remove it, or draw what it means; bpmn-xml check --words lists what is known",
    UNDERSTOOD: "remove mustUnderstand, if the file runs without the extension",
    DRAWN: "give it an id or a name that an expression can use, or see it as a picture only",
    NO_EXPRESSION: "correct the expression: bpmn-xml eval tries one",
    LANGUAGE: "write it in FEEL, JUEL or as Python expression, bind Python to it by a line of "
    "bindings.toml, or answer a condition with --choose",
    CHOICE: "name an element with conditions and one of the flows that leave it",
    NOT_ASKED: "remove the condition",
    NEVER_TAKEN: "give the flow before it a condition, or make that the default flow",
    ASSUMED: "answer with --choose where it matters",
    LOOSE_FLOW: "connect both ends, or remove the flow",
    BORDER: "end the flow at the sub-process itself; between pools send a message",
    DIRECTION: "lead the flow to what follows, or use an intermediate event",
    HOST: "attach it to an activity of the same process or sub-process",
    DEFAULT: "name a flow that leaves the element as its default",
    SAME_ID: "give each its own id",
    NO_BEGIN: "draw one start event, or name one with --start",
    NEVER_JOINED: "lead a flow there, or join fewer flows",
    NEVER_REACHED: "lead a flow there, or remove it",
    MANY_BEGINS: "name one with --start, or keep only one",
    NOTHING: 'set isExecutable="true", or name a process with --process',
    NO_PROCESS: "correct the name: the finding lists those that there are",
    LEFT_OUT: "leave the file out, or call its process",
    CALLED: "correct calledElement, give the file that has the process too, or Python in its place",
    LINK: "give both events of a link the same name, on the same level",
    HANDLER: "attach one compensation event to the activity, with an association to what undoes it",
    SCRIPT: "run it with --allow-scripts if you trust the file, or bind Python to its id",
    NO_SCRIPT: "correct the script, or bind Python to its id",
    NEVER_TOGETHER: "join only results of one producer, or put each producer into a sub-process",
    READ_TWICE: "let it arrive once, or put what repeats into a sub-process",
    ONE_RESULT: "put the task into a sub-process that has the mapping, listeners or instances",
    VALUE: "correct the value",
    NO_EFFECT: "remove it, or put it where it has an effect",
    NO_FORM: "put the form beside the drawing; give and check in Python what is left out",
    ALLOWED: "nothing, if it is meant for another program",
}
"""What to do about each in general."""

MILD: Final[dict[str, Severity]] = {
    DRAWN: Severity.NOTE,
    NOT_ASKED: Severity.WARNING,
    NEVER_TAKEN: Severity.WARNING,
    ASSUMED: Severity.NOTE,
    NEVER_JOINED: Severity.WARNING,
    NEVER_REACHED: Severity.WARNING,
    MANY_BEGINS: Severity.WARNING,
    LEFT_OUT: Severity.NOTE,
    NO_EFFECT: Severity.WARNING,
    ALLOWED: Severity.NOTE,
    NO_FORM: Severity.NOTE,
}
"""What does not refuse; all other codes do."""

STUBBED: Final = frozenset({DATA, EXTENSION, SCRIPT, NO_SCRIPT, CALLED})
"""What a stub run leaves out, with a note: without real work there is no real data."""


def severity(code: str, *, stub: bool = False) -> Severity:
    """How bad a finding is.

    >>> severity("BX105"), severity("BX105", stub=True), severity("BX101", stub=True)
    (<Severity.ERROR: 'error'>, <Severity.NOTE: 'note'>, <Severity.ERROR: 'error'>)
    """
    if stub and code in STUBBED:
        return Severity.NOTE
    return MILD.get(code, Severity.ERROR)


def finding(
    code: str, element: Element, message: str, remedy: str, *, stub: bool = False
) -> Finding:
    """Say what is the matter with an element, and what to do about it."""
    return finding_about(
        element,
        code,
        printable(message),
        severity=severity(code, stub=stub),
        remedy=printable(remedy),
    )
