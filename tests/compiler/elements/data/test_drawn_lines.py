"""Lines between tasks and data, as modelers draw them, from the drawing to the end of a run."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse, compile_models
from bpmn_xml.compiler.program import StoreAccess
from tests.compiler.drawing import around, told
from tests.compiler.elements.data.test_associations import (
    DATA,
    PLACEHOLDER,
    SHELF,
    SPOKEN,
    STORE,
    Handler,
    comes_out,
    goes_in,
    task,
)
from tests.core.harness import Driver

LINE = goes_in("r1", to="p")
DRAWN = [
    task(LINE, properties=(PLACEHOLDER,)),
    task(goes_in("r1", to=None)),
    task(goes_in(to="di")),
    task(comes_out(to="r1")),
    m.UserTask(id="t", data_output_associations=(comes_out(to="r1"),)),
]


@pytest.mark.parametrize("node", DRAWN)
def test_nothing_moves_along_a_line_as_the_data_is_a_variable(node: m.FlowNode) -> None:
    program = compile_models([around(node, *DATA)])
    assert [n.frame for n in program.nodes] == [None] * len(program.nodes)


LINED: list[tuple[m.FlowNode, str]] = [
    (task(comes_out(to="r2")), "order"),
    (task(comes_out(to="ru")), "sum"),
    (task(comes_out(to="r1"), comes_out(to="ru")), ""),
    (task(comes_out("do", to="r1")), ""),
    (task(LINE, properties=(PLACEHOLDER,)), ""),
    (m.ScriptTask(id="t", data_output_associations=(comes_out(to="r1"),)), "order"),
]


@pytest.mark.parametrize(("node", "variable"), LINED)
def test_a_result_without_a_name_goes_where_the_only_line_leads(
    node: m.FlowNode, variable: str
) -> None:
    program, _ = analyse([around(node, *DATA)], Options(allow_scripts=True, stub=True))
    assert program is not None
    (work,) = [n.work for n in program.nodes if n.work is not None]
    assert work.result == variable


BY_STATE = (
    m.DataObject(id="o"),
    m.DataObjectReference(id="r1", name="order [new]", data_object_ref="o"),
    m.DataObjectReference(id="r2", name="Bill of sale", data_object_ref="b"),
    m.DataObject(id="b"),
)
TASK = task(comes_out(to="r1"), comes_out(to="r2"), comes_out(to="nowhere"), goes_in("r2", to=None))


@pytest.mark.parametrize(
    ("spoken", "notes"),
    [
        (
            m.Namespaces(),
            [
                (
                    "note BX107 r2: it has no name that a variable can have: lines to it mean "
                    "the variable 'b'; name it like a variable"
                )
            ],
        ),
        (
            SPOKEN,
            [
                f"note BX107 {name}: lines to it are only drawn, and move nothing, as in the "
                "engine that the file is drawn for; say by mappings what moves"
                for name in ("r2", "r1")
            ],
        ),
    ],
)
def test_lines_are_told_that_mean_nothing_or_something_unseen(
    spoken: m.Namespaces, notes: list[str]
) -> None:
    assert told(msgspec.structs.replace(around(TASK, *BY_STATE), namespaces=spoken)) == notes


def test_lines_to_data_stores_are_what_has_their_name() -> None:
    node = task(goes_in("rs", to="p"), comes_out(to="rs"), properties=(PLACEHOLDER,))
    drawn = around(node, *DATA, SHELF, roots=(STORE,))
    program = compile_models([drawn])
    found = {n.id: n.work.store for n in program.nodes if n.work is not None and n.work.store}
    assert found == {
        "t/reads1": StoreAccess("shelf", "shelf", reads=True),
        "t/writes1": StoreAccess("shelf", "shelf", reads=False),
    }
    given: list[object] = []
    handlers: dict[str, Handler] = {
        "t/reads1": lambda _: {"shelf": {"lamp": 1}},
        "t": lambda n: {"shelf": n["shelf"]["lamp"] + 1},
        "t/writes1": lambda n: given.append(n["shelf"]),
    }
    driver = Driver(program, handlers, reload=True).run()
    assert (given, driver.state.scopes[""].variables) == ([2], {})
