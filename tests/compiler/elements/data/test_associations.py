"""Data in the standard's own words, from the drawing to the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.elements.data import associations
from bpmn_xml.compiler.program import StoreAccess
from bpmn_xml.core import records as r
from tests.compiler.drawing import NAMESPACES, around, extended, file, flows, told, word
from tests.core.harness import Driver

Handler = Callable[[Any], Any]

ORDER = m.DataObject(id="o", name="order")
AGAIN = (
    m.DataObjectReference(id="r1", name="order [new]", data_object_ref="o"),
    m.DataObjectReference(id="r2", name="order [paid]", data_object_ref="o"),
)
UNNAMED = (m.DataObject(id="u"), m.DataObjectReference(id="ru", name="sum", data_object_ref="u"))
DATA = (ORDER, *AGAIN, *UNNAMED)
XPATH = "http://www.w3.org/1999/XPath"
PLACEHOLDER = m.Property(id="p", name="__targetRef_placeholder")
SPOKEN = m.Namespaces(bindings=(("camunda", NAMESPACES["camunda"]),))
SPECIFIED = m.InputOutputSpecification(
    id="io",
    data_inputs=(m.DataInput(id="di", name="goods"), m.DataInput(id="di2")),
    data_outputs=(m.DataOutput(id="do", name="bill"),),
)


def expression(text: str, language: str | None = "python") -> m.FormalExpression:
    return m.FormalExpression(body=text, language=language)


def goes_in(*sources: str, to: str | None = "di", **more: Any) -> m.DataInputAssociation:
    return m.DataInputAssociation(id="in", source_refs=sources, target_ref=to, **more)


def comes_out(*sources: str, to: str | None = "ru", **more: Any) -> m.DataOutputAssociation:
    return m.DataOutputAssociation(id="out", source_refs=sources, target_ref=to, **more)


def put(value: str, to: str, language: str | None = "python") -> m.Assignment:
    return m.Assignment(id="x", from_=expression(value, language), to=m.Expression(body=to))


def task(*associations: m.DataAssociation, **more: Any) -> m.ServiceTask:
    parts = {
        "io_specification": SPECIFIED,
        "data_input_associations": tuple(
            a for a in associations if isinstance(a, m.DataInputAssociation)
        ),
        "data_output_associations": tuple(
            a for a in associations if isinstance(a, m.DataOutputAssociation)
        ),
    }
    return m.ServiceTask(**{"id": "t", **parts, **more})


def ran(node: m.FlowNode, handler: Handler, variables: dict[str, Any]) -> dict[str, Any]:
    driver = Driver(compile_models([around(node, *DATA)]), {"t": handler}, reload=True)
    driver.run(variables)
    assert driver.outcome == "completed", driver.incidents()
    return driver.state.scopes[""].variables


def sees(*names: str) -> Handler:
    return lambda found: {"seen": {name: found.get(name) for name in names}}


CASES: list[tuple[m.FlowNode, Handler, dict[str, Any], dict[str, Any]]] = [
    (task(goes_in("r1")), sees("goods"), {"order": 1}, {"order": 1, "seen": {"goods": 1}}),
    (task(goes_in("r2")), sees("goods"), {"order": 1}, {"order": 1, "seen": {"goods": 1}}),
    (task(goes_in("r1")), sees("goods"), {}, {"seen": {"goods": None}}),
    (
        task(goes_in("r1", "ru", transformation=expression("order + sum"))),
        sees("goods"),
        {"order": 1, "sum": 2},
        {"order": 1, "sum": 2, "seen": {"goods": 3}},
    ),
    (
        task(goes_in(assignments=(put("1", "goods"), put("order", "di2/part"))), name="x"),
        sees("goods", "di2"),
        {"order": 5},
        {"order": 5, "seen": {"goods": 1, "di2": {"part": 5}}},
    ),
    (task(comes_out("do", to="r1")), lambda _: {"bill": 7, "other": 1}, {}, {"order": 7}),
    (task(comes_out("do")), lambda _: {"bill": 7}, {}, {"sum": 7}),
    (
        task(comes_out("do", to="r1", transformation=expression("bill + 1"))),
        lambda _: {"bill": 7},
        {},
        {"order": 8},
    ),
    (
        task(comes_out(to=None, assignments=(put("bill", "${order.total}"),))),
        lambda _: {"bill": 7},
        {"order": {"id": 1}},
        {"order": {"id": 1, "total": 7}},
    ),
    (
        task(goes_in("r1"), comes_out("do", to="r2")),
        lambda names: {"bill": names["goods"] + 1, "goods": 0},
        {"order": 1},
        {"order": 2},
    ),
    (task(), lambda _: {"bill": 1}, {}, {"bill": 1}),
    (m.ServiceTask(id="t", properties=(m.Property(id="q", name="total"),)),
     lambda n: {"total": 1, "was": n["total"]}, {"total": 5}, {"total": 5, "was": None}),
    (task(properties=(PLACEHOLDER,)), lambda _: {"a": 1}, {}, {"a": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("node", "handler", "variables", "end"), CASES)
def test_what_associations_move(
    node: m.FlowNode, handler: Handler, variables: dict[str, Any], end: dict[str, Any]
) -> None:
    assert ran(node, handler, variables) == end


@pytest.mark.parametrize(
    ("namespace", "goods"), [("urn:other", 6), (associations.LITERAL, "order + 1")]
)
def test_assignments_are_expressions_but_for_one_engine(namespace: str, goods: object) -> None:
    node = task(goes_in(assignments=(put("order + 1", "goods", None),)))
    spoken = m.Namespaces(bindings=(("x", namespace),))
    drawn = msgspec.structs.replace(around(node, *DATA), namespaces=spoken)
    driver = Driver(compile_models([drawn]), {"t": sees("goods")}).run({"order": 5})
    assert driver.state.scopes[""].variables["seen"] == {"goods": goods}


OUT_OF_STUB = "cannot be run yet; name the variable, or leave it out with --stub"
FAULTS: list[tuple[m.FlowNode, list[str]]] = [
    (
        task(goes_in(assignments=(put("1", "count(//x)"),))),
        [f"error BX104 t: an assignment whose target is no variable {OUT_OF_STUB}"],
    ),
    (
        task(goes_in(assignments=(m.Assignment(id="x", to=m.Expression(body="a")),))),
        [f"error BX104 t: an assignment whose target is no variable {OUT_OF_STUB}"],
    ),
    (
        task(goes_in("r1", transformation=expression("1 +"))),
        [
            (
                "error BX110 t: its transformation '1 +' is no Python at character 4: "
                "expected a value but the text ends; correct it"
            )
        ],
    ),
    (
        task(goes_in(assignments=(put("1 +", "goods"),))),
        [
            (
                "error BX110 t: its assigned value '1 +' is no Python at character 4: "
                "expected a value but the text ends; correct it"
            )
        ],
    ),
    (
        task(goes_in("r1", transformation=expression("count(x)", XPATH))),
        [
            (
                "error BX111 t: its transformation is in XPath, of which this cannot be "
                "evaluated: character 1: count() is not known; not(), true(), false() and "
                "getDataObject() can be called; "
                "give a constant, or a variable's name"
            )
        ],
    ),
    (
        task(goes_in("rs", assignments=(put("1", "goods"),))),
        [
            (
                "error BX104 t: a data store that is moved by assignments cannot be run yet; "
                "move it whole, or by a transformation, or leave it out with --stub"
            )
        ],
    ),
]
STORE = m.DataStore(id="S", name="shelf")
SHELF = m.DataStoreReference(id="rs", name="Shelf", data_store_ref="S")


@pytest.mark.parametrize(("node", "lines"), FAULTS)
def test_what_cannot_be_moved_is_said(node: m.FlowNode, lines: list[str]) -> None:
    assert told(around(node, *DATA, SHELF, roots=(STORE,))) == lines


def test_a_stub_run_lacks_what_real_work_gives() -> None:
    node = task(
        comes_out("do", transformation=expression("bill + 1")),
        goes_in("r1", transformation=expression("count(x)", XPATH)),
    )
    (note,) = told(around(node, *DATA), stub=True)
    assert note.startswith("note BX104 t: its transformation is in XPath")
    driver = Driver(compile_models([around(node, *DATA)], Options(stub=True))).run()
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"sum": None}


def sub_process(*more: m.FlowElement) -> m.SubProcess:
    inside = (m.StartEvent(id="s1"), m.ServiceTask(id="t"), *flows("s1 t"), *more)
    return m.SubProcess(id="z", flow_elements=inside)


def test_data_objects_of_a_sub_process_are_its_own() -> None:
    drawn = around(sub_process(ORDER))
    driver = Driver(compile_models([drawn]), {"t": lambda n: {"order": 2, "was": n["order"]}})
    driver.run({"order": 1})
    assert driver.state.scopes[""].variables == {"order": 1, "was": None}


def test_they_are_only_drawn_for_vendors() -> None:
    drawn = m.Definitions(
        id="D", namespaces=SPOKEN, root_elements=around(sub_process(ORDER)).root_elements
    )
    (note,) = told(drawn)
    assert note.startswith("note BX107 o: it is only drawn")
    driver = Driver(compile_models([drawn]), {"t": lambda _: {"order": 2}}).run({"order": 1})
    assert driver.state.scopes[""].variables == {"order": 2}


@pytest.mark.parametrize("named", [True, False])
def test_a_loop_goes_through_what_its_associations_move(*, named: bool) -> None:
    loop = m.MultiInstanceLoopCharacteristics(
        id="l",
        loop_data_input_ref="di" if named else "r1",
        loop_data_output_ref="do" if named else "ru",
        input_data_item=m.DataInput(id="it", name="item"),
        output_data_item=m.DataOutput(id="ot", name="part"),
    )
    moves = (goes_in("r1"), comes_out("do")) if named else ()
    node = task(*moves, loop_characteristics=loop)
    end = ran(node, lambda n: {"part": n["item"] * 2}, {"order": [1, 2]})
    assert end == {"order": [1, 2], "sum": [2, 4]}


def test_a_loop_goes_through_an_input_that_nothing_moves_in() -> None:
    loop = m.MultiInstanceLoopCharacteristics(
        id="l", loop_data_input_ref="di", input_data_item=m.DataInput(id="it", name="item")
    )
    other = goes_in("r1", to="di2")
    node = task(other, comes_out("do"), loop_characteristics=loop)
    assert ran(node, lambda n: {"bill": n["item"]}, {"goods": [1], "order": 2})["sum"] == 1


MESSAGE = m.Message(id="M", name="M")
CAUGHT = (m.MessageEventDefinition(id="d", message_ref="M"),)
OUT = m.DataOutput(id="do", name="got")


def test_a_caught_message_brings_its_data() -> None:
    caught = m.IntermediateCatchEvent(
        id="t",
        event_definitions=CAUGHT,
        data_outputs=(OUT,),
        data_output_associations=(comes_out("do", to="r1"),),
    )
    driver = Driver(compile_models([around(caught, *DATA, roots=(MESSAGE,))]), reload=True)
    driver.start().happen("t", {"got": 5, "more": 1})
    assert driver.state.scopes[""].variables == {"order": 5}


@pytest.mark.parametrize(
    ("moved", "sent"), [(goes_in("r1"), {"di": 5}), (goes_in("r1", to=None), {"order": 5})]
)
@pytest.mark.parametrize("kind", [m.IntermediateThrowEvent, m.EndEvent, m.SendTask])
def test_a_thrown_message_takes_its_data_along(
    kind: Any, moved: m.DataInputAssociation, sent: dict[str, int]
) -> None:
    words: dict[str, Any] = {"event_definitions": CAUGHT}
    if kind is m.SendTask:
        words = {"message_ref": "M"}
    thrown = kind(id="t", data_input_associations=(moved,), **words)
    drawn = file(m.StartEvent(id="s"), thrown, *flows("s t"), *DATA, roots=(MESSAGE,))
    driver = Driver(compile_models([drawn])).run({"order": 5})
    (message,) = [x for x in driver.records if isinstance(x, r.MessageThrown)]
    assert message.values == sent


def test_data_stores_are_read_and_written_by_jobs() -> None:
    node = task(goes_in("rs"), comes_out("do", to="rs"), comes_out("do", to="r1"))
    drawn = around(node, *DATA, SHELF, roots=(STORE,))
    program = compile_models([drawn])
    found = {n.id: n.work.store for n in program.nodes if n.work is not None and n.work.store}
    assert found == {
        "t/reads1": StoreAccess("shelf", "goods", reads=True),
        "t/writes1": StoreAccess("shelf", "bill", reads=False),
    }
    handlers: dict[str, Handler] = {
        "t/reads1": lambda _: {"goods": {"lamp": 1}},
        "t": lambda n: {"bill": n["goods"]["lamp"] + 1},
    }
    driver = Driver(program, handlers, reload=True).run()
    assert driver.path().startswith("t/reads1 t t/writes1 t")
    assert driver.state.scopes[""].variables == {"order": 2}


@pytest.mark.parametrize("event", ["start", "end"])
def test_listeners_leave_data_stores_alone(event: str) -> None:
    listener = word("camunda:executionListener", event=event, delegateExpression="${tell}")
    node = task(comes_out("do", to="rs"), **extended(listener))
    program = compile_models([around(node, *DATA, SHELF, roots=(STORE,))])
    driver = Driver(program, {"t": lambda _: {"bill": 5}}, reload=True).run()
    told = dict.fromkeys(part for part in driver.path().split() if part.startswith("t"))
    assert (
        list(told)
        == {
            "start": ["t/start", "t", "t/writes1"],
            "end": ["t", "t/end", "t/writes1"],
        }[event]
    )
