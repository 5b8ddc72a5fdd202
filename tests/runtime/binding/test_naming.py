"""Names of drawings as Python spells them, and by which rule a task found its Python."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.errors import BindingError
from bpmn_xml.runtime.binding import decorator, naming
from bpmn_xml.runtime.binding.bindings import bind
from bpmn_xml.runtime.binding.imports import AllowedImports
from bpmn_xml.runtime.binding.naming import Resolution, conventional, python_of
from bpmn_xml.runtime.binding.sources import Sources
from tests.core.harness import program
from tests.runtime.binding.test_imports import write

NAMES = [
    ("org.acme.ChargeCard", ["ChargeCard", "charge_card"]),
    ("chargeCardDelegate", ["charge_card_delegate"]),
    ("charge-card", ["charge_card"]),
    ("io.camunda:http-json:1", ["io_camunda_http_json_1"]),
    ("Charge the card", ["Charge_the_card", "charge_the_card"]),
    ("HTTPRequest", ["http_request"]),
    ("Charge the card.", ["Charge_the_card", "charge_the_card"]),
    ("charge", []),
    ("1 step", []),
    ("...", []),
    ("Class", []),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_by_convention(name: str, expected: list[str]) -> None:
    assert conventional(name) == expected


def charge_card() -> None: ...


def ChargeCard() -> None: ...  # noqa: N802 - a name as it may stand in a drawing


def shop(*functions: Callable[..., Any]) -> types.ModuleType:
    made = types.ModuleType(__name__)
    vars(made).update({function.__name__: function for function in functions})
    return made


def way(work: Work, *handlers: object, **more: Any) -> Resolution:
    sources = Sources(handlers=handlers, **more)
    (found,) = bind(program("s > t1 > e", work={"t1": work}), sources).resolved
    return found._replace(function=None)


def test_a_module_is_looked_up_by_convention() -> None:
    found = way(Work(names=("org.acme.ChargeCard",)), shop(charge_card))
    python = f"{__name__}:charge_card"
    assert found == Resolution("t1", "org.acme.ChargeCard", python, naming.CONVENTION)


def test_the_exact_name_and_the_class_come_first() -> None:
    work = Work(names=("org.acme.ChargeCard",))
    assert way(work, shop(charge_card, ChargeCard)).python == f"{__name__}:ChargeCard"
    given = way(work, shop(charge_card), {"org.acme.ChargeCard": ChargeCard})
    assert (given.python, given.rule) == (f"{__name__}:ChargeCard", naming.GIVEN)


def test_the_function_itself_is_told_and_what_it_needs() -> None:
    def pack(quantity: int, size: int = 1) -> int:
        return quantity * size

    drawn = program("s > t1 > e", work={"t1": Work(names=("pack",))})
    (found,) = bind(drawn, Sources(handlers=({"pack": pack},))).resolved
    assert (found.function, found.needs) == (pack, ("quantity",))


def test_a_mapping_gives_its_names_as_they_are() -> None:
    with pytest.raises(BindingError, match="nothing is bound to 'charge-card'"):
        way(Work(names=("charge-card",)), {"charge_card": charge_card})


def test_every_rule_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, cash="def take(): ...\nclass Till:\n    def give(self): ...\n")
    imports = AllowedImports([tmp_path])
    monkeypatch.setattr(decorator, "_REGISTERED", {"pay": (charge_card,)})
    drawn = way(Work(implementation="cash:Till.give"), imports=imports)
    assert drawn == Resolution("t1", "cash:Till.give", "cash:Till.give", naming.DRAWN)
    table = way(Work(names=("x",)), imports=imports, table={"x": "python:cash:take"})
    assert table == Resolution("t1", "x", "cash:take", naming.TABLE.format("a table of bindings"))
    assert way(Work(names=("pay",))).rule == naming.REGISTERED
    assert way(Work(script=dict)) == Resolution("t1", "", "", naming.SCRIPT)
    assert way(Work(script=dict, local=True)).rule == naming.VALUE
    stubbed = bind(program("s > t1 > e", work={"t1": Work()}), Sources(), stub=True)
    assert stubbed.resolved == [Resolution("t1", "", "", naming.STUBBED)]


class Caller:
    def __call__(self) -> None: ...


def test_what_python_is_called() -> None:
    assert python_of(functools.partial(charge_card)) == f"{__name__}:charge_card"
    assert python_of(Caller()) == f"{__name__}:Caller"
    assert python_of(None) == "NoneType"
