"""Which processes are run, and what is said if none is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse, codes
from bpmn_xml.compiler.compile import draft
from bpmn_xml.compiler.selection import processes_to_run
from bpmn_xml.errors import Place, Severity
from tests.compiler.drawing import told
from tests.costs import calls

TASK = m.Task(id="t")


def process(name: str, executable: bool | None = None) -> m.Process:
    task = m.Task(id=f"{name}_t")
    return m.Process(id=name, is_executable=executable, flow_elements=(task,))


def definitions(*processes: m.RootElement, name: str = "a.bpmn") -> m.Definitions:
    return m.Definitions(id="D", root_elements=processes, place=Place(name, 2))


CHOICES = [
    ((process("P"),), {}, ["P"]),
    ((process("P", executable=True), process("Q")), {}, ["P"]),
    ((process("P", executable=True), process("Q", executable=True)), {}, ["P", "Q"]),
    ((process("P", executable=False),), {"process": "P"}, ["P"]),
    ((process("P", executable=False),), {"stub": True}, ["P"]),
    ((m.Process(id="empty"), process("P"), m.Process(id="E")), {}, ["P"]),
    ((m.Process(id="empty"), process("P", executable=False)), {"stub": True}, ["P"]),
    ((process("P", executable=True), process("Q")), {"process": "Q"}, ["Q"]),
]


@pytest.mark.parametrize(("processes", "options", "run"), CHOICES)
def test_the_processes_that_are_run(
    processes: tuple[m.Process, ...], options: dict[str, Any], run: list[str]
) -> None:
    program, findings = analyse([definitions(*processes)], Options(**options))
    assert program is not None
    assert list(program.processes) == run
    assert findings == []


POOLS = m.Collaboration(
    id="C",
    participants=tuple(m.Participant(id=f"pool_{name}", process_ref=name) for name in "PQRS"),
    message_flows=tuple(
        m.MessageFlow(id=f"{source}-{target}", source_ref=source, target_ref=target)
        for source, target in (("P_t", "Q_t"), ("pool_Q", "pool_R"), ("Q_t", "P_t"), ("P_t", "S_t"))
    ),
)


@pytest.mark.parametrize(
    ("named", "run"), [("P", ["P", "Q", "R"]), ("Q", ["P", "Q", "R"]), ("R", ["R"]), ("S", ["S"])]
)
def test_with_a_process_come_those_to_which_it_sends_messages(named: str, run: list[str]) -> None:
    drawn = [process(name, executable=name != "S") for name in "PQR"]
    program, _ = analyse([definitions(POOLS, *drawn, process("S"))], Options(process=named))
    assert program is not None
    assert list(program.processes) == run


def test_alone_a_process_begins_none_of_those_to_which_it_sends_messages() -> None:
    drawn = [process(name, executable=True) for name in "PQRS"]
    program, _ = analyse([definitions(POOLS, *drawn)], Options(process="P", alone=True))
    assert program is not None
    assert list(program.processes) == ["P"]


class Compared(str):
    """A name that is compared by a call, so that it can be counted."""

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_each_of_many_pools_is_looked_at_once() -> None:
    """A message passed on from pool to pool begins them all, whatever their number."""

    def cost(count: int) -> int:
        names = [Compared(f"P{number}") for number in range(count)]
        pools = m.Collaboration(
            id="C",
            participants=tuple(m.Participant(id=f"{name}_p", process_ref=name) for name in names),
            message_flows=tuple(
                m.MessageFlow(id=f"{one}_m", source_ref=f"{one}_t", target_ref=f"{other}_t")
                for one, other in pairwise(names)
            ),
        )
        drawn = definitions(pools, *(process(name, executable=True) for name in names))
        options = Options(process=names[0])
        assert len(processes_to_run(drawn, options)) == count
        return calls(lambda: processes_to_run(drawn, options))

    assert cost(200) < 2.1 * cost(100)


MARK = 'set isExecutable="true", or name one to run: --process P'
FAULTS: list[tuple[list[m.Definitions], dict[str, Any], list[str]]] = [
    ([], {}, []),
    ([], {"process": "P"}, []),
    (
        [definitions()],
        {},
        ["a.bpmn: error BX130: there is no process in it; draw a process"],
    ),
    (
        [definitions(m.Choreography(id="C"))],
        {},
        [
            (
                "<memory>: error BX130 C: there is no process in it, only a choreography; "
                "draw the processes of those who take part in it"
            )
        ],
    ),
    (
        [definitions(m.GlobalUserTask(id="G"), m.Collaboration(id="C"))],
        {},
        [
            (
                "<memory>: error BX130 G: there is no process in it, only a global task; "
                "draw a process that calls it"
            )
        ],
    ),
    (
        [definitions(m.Collaboration(id="C", conversation_nodes=(m.Conversation(id="c"),)))],
        {},
        [
            (
                "<memory>: error BX130 C: there is no process in it, only a conversation; "
                "draw the processes of those who take part in it"
            )
        ],
    ),
    (
        [definitions(m.Message(id="M"), m.Collaboration(id="C"))],
        {},
        [
            (
                "<memory>: error BX130 C: there is no process in it, only a collaboration; "
                "draw a process for one of its pools"
            )
        ],
    ),
    (
        [replace(definitions(), foreign_elements=(m.ForeignElement(name="process"),))],
        {},
        ["a.bpmn: error BX130: its process is in no namespace; put it into that of BPMN"],
    ),
    (
        [definitions(process("P", executable=False))],
        {},
        [f"<memory>: error BX130 P: the process is not marked executable; {MARK}"],
    ),
    (
        [definitions(process("P"), process("Q Q"))],
        {"stub": True},
        [
            (
                "<memory>: error BX130 P: none of its 2 processes is marked executable; "
                f"{MARK} or --process 'Q Q'"
            )
        ],
    ),
    (
        [definitions(process("Order"), process("Ship"))],
        {"process": "Oder"},
        [
            (
                "a.bpmn: error BX131: there is no process 'Oder'; did you mean 'Order'? "
                "Else name Order or Ship"
            )
        ],
    ),
    (
        [definitions(process("Order")), definitions(process("Ship"), name="b.bpmn")],
        {"process": "X"},
        ["a.bpmn: error BX131: there is no process 'X'; name Order or Ship"],
    ),
    (
        [definitions()],
        {"process": "X"},
        ["a.bpmn: error BX131: there is no process 'X'; draw a process"],
    ),
    (
        [definitions(process("P")), definitions(process("Q", executable=False), name="b.bpmn")],
        {},
        ["b.bpmn: note BX132: no process in it is run"],
    ),
    (
        [definitions(process("P")), definitions(process("Q"), name="b.bpmn")],
        {"process": "P"},
        [],
    ),
    (
        [definitions(process("P"))],
        {"choices": {"PP_t": "f", "x": "y"}},
        [
            (
                "a.bpmn: error BX112: --choose: there is no element 'PP_t' in what is run; "
                "did you mean 'P_t'? Else name a gateway of a process that is run"
            ),
            (
                "a.bpmn: error BX112: --choose: there is no element 'x' in what is run; "
                "name a gateway of a process that is run"
            ),
        ],
    ),
]


@pytest.mark.parametrize(("files", "options", "lines"), FAULTS)
def test_what_is_not_there_is_said(
    files: list[m.Definitions], options: dict[str, Any], lines: list[str]
) -> None:
    _, findings = analyse(files, Options(**options))
    assert [str(found) for found in findings] == lines


def split(name: str, called: str, *, executable: bool = True) -> m.Process:
    """A process of a gateway with two ways out."""
    ends = [m.EndEvent(id=f"{name}_{end}") for end in "ab"]
    flows = [m.SequenceFlow(id=f"f{e.id}", source_ref=name, target_ref=e.id) for e in ends]
    gateway = m.ExclusiveGateway(id=name, name=called)
    return m.Process(
        id=f"{name}P", is_executable=executable, flow_elements=(gateway, *ends, *flows)
    )


CALLED: dict[str, tuple[list[m.Process], str, list[str], list[str]]] = {
    "one by its id, beside another of that name": (
        [split("A", "first"), split("B", "A")],
        "A",
        ["fA_a"],
        [],
    ),
    "one by its name": ([split("A", "first"), split("B", "second")], "first", ["fA_a"], []),
    "what is not run": (
        [split("A", "first", executable=False), split("B", "A")],
        "A",
        [],
        [codes.CHOICE],
    ),
}


@pytest.mark.parametrize(("drawn", "named", "taken", "faults"), CALLED.values(), ids=CALLED)
def test_an_id_comes_before_a_name(
    drawn: list[m.Process], named: str, taken: list[str], faults: list[str]
) -> None:
    drafts, findings = draft([definitions(*drawn)], Options(choices={named: "fA_a"}))
    assert [f.code for f in findings if f.severity is Severity.ERROR] == faults
    chosen = [f.id for f in drafts.flows if f.condition and f.condition.evaluate({})]
    assert chosen == taken


def test_more_processes_than_a_line_holds() -> None:
    (line,) = told(definitions(*[process(f"P{i}") for i in range(9)]))
    assert line.endswith(
        "--process P0, --process P1, --process P2, --process P3, --process P4 or 4 more"
    )


def test_beside_pools_a_process_that_stands_in_none_is_only_called() -> None:
    shop, library = process("Shop", executable=True), process("Library", executable=True)
    pools = m.Collaboration(
        id="C", participants=(m.Participant(id="p", process_ref="Shop"), m.Participant(id="q"))
    )
    model = m.Definitions(id="D", root_elements=(shop, library, pools))
    program, _ = analyse([model], Options())
    assert program is not None
    assert list(program.processes) == ["Shop"]
    program, _ = analyse([model], Options(process="Library"))
    assert program is not None
    assert list(program.processes) == ["Library"]
