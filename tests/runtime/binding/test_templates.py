"""Element templates: valid by the public schemas, and a drawing that is made with one runs."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.program import Work
from bpmn_xml.runtime import run
from bpmn_xml.runtime.binding.templates import as_text, general, templates_of
from tests.compiler.drawing import around, compiled, extended, word
from tests.conftest import ROOT

SOURCE = '''
"""A module."""
import os

def charge_card(amount: float, currency="EUR", *, tries: int = 3, note=None, context=None) -> str:
    """Charge the card.

    More about it.
    """

async def ship(order): ...

def list_all() -> dict[str, int]: ...

def _hidden(): ...

class Shop:
    def __init__(self, x): ...
    def reserve(self, item: "str") -> "Iterator[int]": ...
    @staticmethod
    def price(item): ...

class _Hidden:
    def reserve(self): ...

VALUE = 5
'''

MADE = templates_of(SOURCE, "shop.tasks")
CAMUNDA7 = {t["id"].removeprefix("bpmn-xml.shop.tasks."): t for t in MADE[::2]}
CAMUNDA8 = {t["id"].removeprefix("bpmn-xml.shop.tasks."): t for t in MADE[1::2]}


def fields(template: dict[str, Any], kind: str) -> dict[str, str | None]:
    """What the fields of a kind hold: their names in the drawing, and their values."""
    return {
        field["binding"].get("name", ""): field.get("value")
        for field in template["properties"]
        if field["binding"]["type"] == kind
    }


def test_every_public_function_and_method_has_a_template() -> None:
    names = ["charge_card", "ship", "list_all", "Shop.reserve", "Shop.price"]
    assert list(CAMUNDA7) == [f"{name}.camunda7" for name in names]
    assert list(CAMUNDA8) == [f"{name}.camunda8" for name in names]
    assert [t["name"] for t in MADE[::2]][-2:] == ["Shop: reserve", "Shop: price"]


def test_what_is_told_of_a_function() -> None:
    template = CAMUNDA7["charge_card.camunda7"]
    assert (template["name"], template["description"]) == ("Charge card", "Charge the card")
    assert fields(template, "property") == {"implementation": "python:shop.tasks:charge_card"}
    assert CAMUNDA7["ship.camunda7"]["description"] == "shop.tasks:ship"


INPUTS = [
    (CAMUNDA7["charge_card.camunda7"], "camunda:inputParameter"),
    (CAMUNDA8["charge_card.camunda8"], "zeebe:input"),
]
VALUES = [
    {"amount": "${amount}", "currency": '${"EUR"}', "tries": "${3}", "note": None},
    {"amount": "=amount", "currency": '="EUR"', "tries": "=3", "note": None},
]


@pytest.mark.parametrize(("made", "expected"), list(zip(INPUTS, VALUES, strict=True)))
def test_parameters_become_fields(made: Any, expected: dict[str, str | None]) -> None:
    assert fields(*made) == expected


def test_self_is_no_field() -> None:
    assert fields(CAMUNDA8["Shop.reserve.camunda8"], "zeebe:input") == {"item": "=item"}
    assert fields(CAMUNDA8["Shop.price.camunda8"], "zeebe:input") == {"item": "=item"}


RESULTS = {
    "charge_card": "charge_card_result",
    "ship": None,
    "list_all": None,
    "Shop.reserve": None,
}


@pytest.mark.parametrize(("name", "variable"), list(RESULTS.items()))
def test_a_value_needs_a_variable(name: str, variable: str | None) -> None:
    found = fields(CAMUNDA7[f"{name}.camunda7"], "camunda:property")
    assert found.get("bx:result") == variable
    assert {"bx:retries", "bx:threads", "bx:timeout"} <= found.keys()


SCHEMAS = ["element-templates-json-schema", "zeebe-element-templates-json-schema"]


CHOOSING = '''
class Coin(StrEnum):
    EUR = "eur"
    USD = "usd"

def main(): ...

def pay(
    coin: Coin = Coin.EUR,
    retry: bool = False,
    mode: Literal["a", 2] | None = None,
    sure: Optional[bool] = None,
    odd: Literal[X] = 1,
):
    """Pay.

    Args:
        coin: in which
            money.
    """
'''
CHOSEN = templates_of(CHOOSING, "shop")


@pytest.mark.parametrize(("made", "shape"), list(zip(CHOSEN, ("${%s}", "=%s"), strict=True)))
def test_what_has_few_values_is_chosen(made: dict[str, Any], shape: str) -> None:
    inputs = {one["label"]: one for one in made["properties"] if one.get("group") == "python"}
    values = {
        name: [choice["value"] for choice in one.get("choices", ())] for name, one in inputs.items()
    }
    expected = {
        "coin": ["eur!", "usd!", "coin"],
        "retry": ["true", "false", "retry"],
        "mode": ["a!", "2", "mode"],
        "sure": ["true", "false", "sure"],
        "odd": [],
    }
    assert values == {
        name: [written(shape, one) for one in said] for name, said in expected.items()
    }
    assert inputs["coin"]["description"] == "in which money (Coin)"
    told = [inputs[name].get("value") for name in ("coin", "retry", "mode")]
    assert told == ["eur", shape % "false", None]


def written(shape: str, word: str) -> str:
    """A text that ends with `!` as it is, others as expressions."""
    return word[:-1] if word.endswith("!") else shape % word


def schema(name: str) -> dict[str, Any]:
    path = ROOT / "build" / "browser" / "node_modules" / "@camunda" / name / "resources"
    if not path.is_dir():
        pytest.skip(f"the npm package @camunda/{name} is not in build/browser")
    found: dict[str, Any] = json.loads((path / "schema.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_templates_are_valid_by_the_public_schema(name: str) -> None:
    validator = jsonschema.Draft7Validator(schema(name))
    every = json.loads(as_text([*general(), *MADE, *CHOSEN]))
    ours = [template for template in every if f"/{name}/" in template["$schema"]]
    assert len(ours) == 7
    for template in ours:
        assert [error.message for error in validator.iter_errors(template)] == []
    assert not validator.is_valid({**ours[0], "appliesTo": 5})


def drawn(template: dict[str, Any], **said: str) -> m.ServiceTask:
    """The task that a modeler makes with a template, where somebody filled in some fields."""
    inputs, notes, more = [], [], {}
    for field in template["properties"]:
        binding = field["binding"]
        name = binding.get("name", "")
        value = said.get(name.removeprefix("bx:"), field.get("value"))
        if value is None:
            continue
        if binding["type"] == "property":
            more["implementation"] = value
        elif binding["type"] == "zeebe:taskDefinition":
            inputs.append(word("zeebe:taskDefinition", type=value))
        elif binding["type"] in ("camunda:property", "zeebe:property"):
            notes.append(word(binding["type"], name=name, value=value))
        elif binding["type"] == "camunda:inputParameter":
            inputs.append(
                word("camunda:inputOutput", word("camunda:inputParameter", name=name, text=value))
            )
        else:
            inputs.append(word("zeebe:ioMapping", word("zeebe:input", source=value, target=name)))
    prefix = "zeebe" if template["id"].endswith("camunda8") else "camunda"
    words = [*inputs, word(f"{prefix}:properties", *notes)] if notes else inputs
    return m.ServiceTask(id="t", **extended(*words), **more)


def work(task: m.ServiceTask) -> Work:
    (found,) = [node.work for node in compiled(around(task)).nodes if node.work]
    return found


@pytest.mark.parametrize("template", general())
def test_what_is_filled_in_is_read_back(template: dict[str, Any]) -> None:
    said = {"retries": "R3/PT10S", "threads": "2", "timeout": "PT30S", "result": "r"}
    task = drawn(template, implementation="python:shop:charge", emits="many", **said)
    if template["id"].endswith("camunda8"):
        definition = word("zeebe:taskDefinition", type="python:shop:charge")
        extra = (*task.extension_elements, definition)
        task = m.ServiceTask(id="t", extension_elements=extra)
    found = work(task)
    assert (found.implementation, found.result, found.many) == ("shop:charge", "r", True)
    assert (found.retries, found.threads) == ((10_000_000,) * 3, 2)
    assert found.timeout == 30_000_000


@pytest.mark.parametrize("engine", [0, 1])
def test_a_drawing_runs_that_was_made_with_a_template(engine: int) -> None:
    source = "def double(number: int) -> int: return 2 * number"
    template = templates_of(source, "sums")[engine]
    task = drawn(template, number="${n + 1}" if engine == 0 else "=n + 1")
    assert work(task).implementation == "sums:double"


def test_a_function_of_ones_own_runs_from_its_template(tmp_path: Any) -> None:
    from bpmn_xml.runtime.binding.imports import AllowedImports  # noqa: F401 - folders are allowed places

    (tmp_path / "sums.py").write_text("def double(number):\n    return 2 * number\n", "utf-8")
    template = templates_of("def double(number) -> int: ...", "sums")[1]
    done = run(around(drawn(template)), {"number": 4}, folders=[tmp_path])
    assert done.variables["double_result"] == 8
