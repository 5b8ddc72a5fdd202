"""Data stores: what is read and written, where they come from, and that access is a job."""

from __future__ import annotations

from collections import UserDict
from typing import Any

import pytest

from bpmn_xml.compiler.program import Program, StoreAccess, Work
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.runtime.binding.stores import store_handler
from tests.core.drawn import around
from tests.core.harness import computed, program
from tests.runtime.harness import bench

CASES: list[tuple[bool, Computed | None, dict[str, Any], dict[str, Any] | None, dict[str, Any]]] = [
    (True, None, {}, {"x": {"a": 1}}, {"a": 1}),
    (True, computed("shelf['a'] + n"), {"n": 2}, {"x": 3}, {"a": 1}),
    (False, None, {"x": 5}, None, {"a": 1, "x": 5}),
    (False, None, {"x": {"a": 2, "b": 3}}, None, {"a": 2, "b": 3}),
    (False, computed("{'a': shelf['a'] + x}"), {"x": 5}, None, {"a": 6}),
]


@pytest.mark.parametrize(("reads", "transform", "variables", "given", "then"), CASES)
def test_what_is_read_and_written(
    *,
    reads: bool,
    transform: Computed | None,
    variables: dict[str, Any],
    given: dict[str, Any] | None,
    then: dict[str, Any],
) -> None:
    shelf = {"a": 1}
    access = StoreAccess("shelf", "x", reads=reads, transform=transform)
    handler = store_handler(access, {"shelf": shelf})
    assert handler.function(*handler.gather(variables)) == given
    assert shelf == then


def shop() -> Program:
    access = {
        "l1": StoreAccess("shelf", "stock", reads=True),
        "l2": StoreAccess("shelf", "left", reads=False),
    }
    work = {name: Work(store=found, local=found.reads) for name, found in access.items()}
    frames = {"t1": around("", "done = left", before="l1", after="l2")}
    return program("s > t1 > e; l1; l2", frames=frames, work=work)


class Broken(UserDict[str, Any]):
    def __iter__(self) -> Any:
        raise OSError("no connection")


def test_a_store_is_given_or_in_memory_and_outlives_an_instance() -> None:
    shelf: dict[str, Any] = {"lamp": 2}
    sell = {"t1": lambda stock: {"left": stock.get("left", 10) - 1}}
    with bench(shop(), sell, stores={"shelf": shelf}) as it:
        assert [it.run().variables["done"] for _ in range(2)] == [9, 8]
    assert shelf == {"lamp": 2, "left": 8}
    with bench(shop(), sell) as it:
        assert [it.run().variables["done"] for _ in range(2)] == [9, 8]


def test_a_store_that_fails_is_an_incident_and_can_be_tried_again() -> None:
    broken = Broken()
    with bench(shop(), {"t1": lambda: {"left": 1}}, stores={"shelf": broken}) as it:
        run = it.run()
        assert run.incidents[0].message == "OSError: no connection"
        assert run.incidents[0].node == "l1"
