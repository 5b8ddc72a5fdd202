"""Problems of soundness as findings: what happens, at which element, by which way, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.check.soundness.analysis import Known, problems
from bpmn_xml.check.soundness.breaking import interruptible
from bpmn_xml.check.soundness.collaboration import misunderstandings
from bpmn_xml.check.soundness.verdict import Flaw, Trouble
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.compile import draft
from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model.about import element_word, finding_about
from bpmn_xml.model.walk import processes, root_elements, walk
from bpmn_xml.wording import listed, quoted

SHOWN: Final = 12
"""How many elements of a way are told."""


CHOOSING: Final = (m.ExclusiveGateway, m.InclusiveGateway, m.ComplexGateway, m.EventBasedGateway)
"""Gateways that may send tokens on some of their ways only."""


class FlawWords(NamedTuple):
    """The words for one kind of flaw: code and message; and what to do, if not as the code says."""

    code: str
    says: Callable[[Flaw], str]
    remedy: str | None = None


WORDS: Final[Mapping[Trouble, FlawWords]] = {
    Trouble.DEADLOCK: FlawWords(
        "BX601", lambda p: f"it waits for ever: nothing can come on {_lacking(p)}"
    ),
    Trouble.UNSAFE: FlawWords(
        "BX602", lambda _: "several tokens come here at once, so what follows is done several times"
    ),
    Trouble.UNBOUNDED: FlawWords("BX603", lambda _: "tokens can become ever more here"),
    Trouble.LIVELOCK: FlawWords(
        "BX604", lambda _: "from here no way leads to an end: the process turns in itself for ever"
    ),
    Trouble.NO_END: FlawWords("BX605", lambda _: "nothing that begins here can ever end"),
    Trouble.DEAD: FlawWords("BX606", lambda _: "it is never reached, whatever the data"),
    Trouble.UNKNOWN: FlawWords(
        "BX607",
        lambda p: (
            "whether it is sound is not known" + (f" after {p.moves:,} moves" if p.moves else "")
        ),
        "",
    ),
}
"""Each kind of problem. A path is told behind what they say."""

ENDLESS: Final = (Trouble.LIVELOCK, Trouble.NO_END)
"""What is no trouble where an event may end it."""

UNSENT: Final[Mapping[Trouble, FlawWords]] = {
    Trouble.DEADLOCK: FlawWords(
        "BX601",
        lambda p: f"it waits for ever: no message can come any more by {_lacking(p)}",
        "send it on every way of the other pool, or stop waiting by a timer",
    ),
    Trouble.DEAD: FlawWords(
        "BX606",
        lambda p: f"it is never reached: no message comes by {_lacking(p)} when it is awaited",
        "send the message before, or remove it",
    ),
}
"""The same, where a message is lacking."""


def too_few(taken: int) -> FlawWords:
    """What is said of an activity that takes several tokens at once (10.3.2)."""
    return FlawWords(
        "BX601",
        lambda _: f"it waits for ever: it takes {taken} tokens at once, and fewer can come",
        "let as many come, or lower its startQuantity",
    )


def soundness(definitions: m.Definitions) -> Iterator[Finding]:
    """All that is not sound in the processes of a file, whether they can be run or not.

    >>> from bpmn_xml import read
    >>> [finding.code for finding in soundness(read(b'''
    ... <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
    ...   <process id="P"><startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="j"/>
    ...     <sequenceFlow id="f1" sourceRef="s" targetRef="x"/>
    ...     <sequenceFlow id="f2" sourceRef="x" targetRef="j"/>
    ...     <sequenceFlow id="f3" sourceRef="x" targetRef="j"/></process></definitions>'''))]
    ['BX601']
    """
    elements = {getattr(element, "id", None): element for element, _ in walk(definitions)}
    for flaw, _ in flaws(definitions):
        element = elements.get(flaw.where, elements.get(flaw.container, definitions))
        yield _finding(flaw, element, elements)


def flaws(definitions: m.Definitions) -> Iterator[tuple[Flaw, Drafts]]:
    """Every flaw of a file once, with the drafts in which it was found."""
    told: set[tuple[Trouble, str]] = set()
    for flaw, drafts in _all_flaws(definitions):
        where = flaw.trouble, flaw.where
        if where not in told:
            told.add(where)
            yield flaw, drafts


def _all_flaws(definitions: m.Definitions) -> Iterator[tuple[Flaw, Drafts]]:
    """Process by process, then what goes wrong between them."""
    drawn: dict[str, Drafts] = {}
    apart: dict[str, list[Flaw]] = {}
    known: Known = set()
    for process in processes(definitions):
        options = Options(process=process.id, alone=True, stub=True, allow_scripts=True)
        drawn[process.id], found = draft([definitions], options)
        unreached = [one.id for one in found if one.code == codes.NEVER_REACHED]
        apart[process.id] = [Flaw(Trouble.DEAD, name, container=process.id) for name in unreached]
    stopped = {name for drafts in drawn.values() for name in interruptible(drafts)}
    for process in processes(definitions):
        inside = problems(drawn[process.id], runs=bool(process.is_executable), known=known)
        for flaw in (*inside, *apart[process.id]):
            if flaw.trouble not in ENDLESS or flaw.container not in stopped:
                yield flaw, drawn[process.id]
    runs = {process.id for process in processes(definitions) if process.is_executable}
    for collaboration in root_elements(definitions, m.Collaboration):
        between = misunderstandings(collaboration, drawn, runs=runs)
        yield from ((flaw, drawn[flaw.container]) for flaw in between)


def code_of(flaw: Flaw) -> str:
    """The code of a flaw's finding."""
    return WORDS[flaw.trouble].code


def _finding(
    problem: Flaw, element: m.Element, elements: Mapping[str | None, m.Element]
) -> Finding:
    wording = (UNSENT if problem.unsent else WORDS)[problem.trouble]
    taken = element.start_quantity if isinstance(element, m.Activity) else 1
    if problem.trouble is Trouble.DEADLOCK and taken > 1:
        wording = too_few(taken)
    message = f"{wording.says(problem)}{_by(problem, elements)}{_unwritten(problem, elements)}"
    severity, remedy = _severity(problem), _ended_apart(problem, elements) or wording.remedy
    return finding_about(element, wording.code, message, remedy, severity=severity)


def _ended_apart(problem: Flaw, elements: Mapping[str | None, m.Element]) -> str:
    """What to do where no gateway has chosen: a token has left by a boundary event."""
    way = [elements.get(name) for name in problem.path]
    if problem.trouble is not Trouble.DEADLOCK or any(isinstance(one, CHOOSING) for one in way):
        return ""
    events = [quoted(_called(one)) for one in way if isinstance(one, m.BoundaryEvent)]
    also = "to it too, or end all with a terminate end event"
    return f"lead the way from {listed(events)} {also}" if events else ""


def _severity(problem: Flaw) -> Severity:
    """An error if it happens whatever the data; a warning if some data avoids it."""
    if problem.trouble is Trouble.UNKNOWN:
        return Severity.NOTE
    return Severity.ERROR if problem.always else Severity.WARNING


def _lacking(problem: Flaw) -> str:
    return listed(problem.lacking, "or") if problem.lacking else "one of its flows"


def _by(problem: Flaw, elements: Mapping[str | None, m.Element]) -> str:
    """The nodes on the way to a problem."""
    nodes = [name for name in problem.path if isinstance(elements.get(name), m.FlowNode)]
    if not nodes:
        return ""
    left_out = len(nodes) - SHOWN
    shown = [quoted(_called(elements[name])) for name in nodes[-SHOWN:]]
    return f", for example after {'… ' if left_out > 0 else ''}{' > '.join(shown)}"


def _unwritten(problem: Flaw, elements: Mapping[str | None, m.Element]) -> str:
    """Which gateways on the way choose nothing yet: the engine takes all their flows (13.4.3)."""
    gateways = [elements.get(name) for name in problem.path]
    inclusive = [one for one in gateways if isinstance(one, m.InclusiveGateway)]
    if problem.always or not inclusive:
        return ""
    flows = [one for one in elements.values() if isinstance(one, m.SequenceFlow)]
    often = Counter(flow.source_ref for flow in flows)
    asking = {flow.source_ref for flow in flows if flow.condition_expression}
    free = [_called(one) for one in inclusive if often[one.id] > 1 and one.id not in asking]
    named = listed(map(quoted, free))
    return f"; a run takes all flows of {named} until one has a condition" if free else ""


def _called(element: m.Element) -> str:
    return getattr(element, "name", None) or getattr(element, "id", None) or element_word(element)
