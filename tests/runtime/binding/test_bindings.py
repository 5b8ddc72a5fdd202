"""Tasks find their Python, or are refused all at once."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options
from bpmn_xml.compiler.program import Work
from bpmn_xml.errors import BindingError, Place
from bpmn_xml.runtime import Engine, task
from bpmn_xml.runtime.binding import codes, decorator
from bpmn_xml.runtime.binding.bindings import bind
from bpmn_xml.runtime.binding.imports import AllowedImports
from bpmn_xml.runtime.binding.sources import Sources
from bpmn_xml.runtime.binding.table import read_table
from tests.core.harness import program
from tests.runtime.binding.test_imports import write
from tests.runtime.harness import WAIT


@pytest.fixture(autouse=True)
def fresh_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decorator, "_REGISTERED", {})


def one(work: Work, sources: Sources | None = None) -> Any:
    """What the only task is bound to."""
    bound = bind(program("s > t1 > e", work={"t1": work}), sources or Sources())
    return bound.handlers[1].function


def refused(text: str, work: dict[str, Work], sources: Sources | None = None) -> list[str]:
    with pytest.raises(BindingError) as caught:
        bind(program(text, work=work), sources or Sources())
    return [f"{finding.code} {finding.id}" for finding in caught.value.findings]


def mine() -> str:
    return "mine"


class Shop:
    def charge(self) -> str:
        return "object"

    def _hidden(self) -> None: ...

    value = 3


def module(**names: Any) -> types.ModuleType:
    made = types.ModuleType("shop")
    vars(made).update(names)
    return made


def own(name: str) -> Any:
    """A function that module `shop` defines."""

    def function() -> str:
        return name

    function.__module__ = "shop"
    return function


def test_the_order_of_look_up(tmp_path: Path) -> None:
    write(tmp_path, shop="def charge(): return 'module'\ndef table(): return 'table'")
    task("charge")(lambda: "registered")
    task("t1")(lambda: "registered id")
    imports = AllowedImports([tmp_path])
    table = {"charge": "python:shop:table"}
    named, drawn = Work(names=("charge",)), Work(names=("charge",), implementation="shop:charge")
    given = [{"charge": lambda: "given"}, {"charge": lambda: "second"}]
    everything = Sources(handlers=given, table=table, imports=imports)
    assert one(drawn, everything)() == "module"
    assert one(named, everything)() == "given"
    assert one(named, Sources(handlers=given[1:], table=table, imports=imports))() == "second"
    assert one(named, Sources(table=table, imports=imports))() == "table"
    assert one(named)() == "registered"
    assert one(Work(names=("other",)))() == "registered id"
    assert one(Work())() == "registered id"


def test_names_come_before_the_id_and_the_first_name_before_the_second() -> None:
    both = {"t1": lambda: "id", "b": lambda: "b", "a": lambda: "a"}
    assert one(Work(names=("a", "b")), Sources(handlers=[both]))() == "a"
    assert one(Work(names=("c", "b")), Sources(handlers=[both]))() == "b"
    assert one(Work(names=("c",)), Sources(handlers=[both]))() == "id"


def test_what_is_drawn_on_a_task_is_its_last_name() -> None:
    process = m.Process(
        id="P",
        is_executable=True,
        flow_elements=(m.ServiceTask(id="t", name="Charge the card"),),
    )
    model = m.Definitions(id="D", root_elements=(process,))
    with Engine(model, {"Charge the card": lambda: {"done": 1}}, workers=0) as engine:
        run = engine.start()
        assert run.wait(WAIT)
    assert run.variables == {"done": 1}


PICKED = [
    (Shop(), "charge", "object"),
    (module(charge=own("charge")), "charge", "charge"),
    (module(__all__=["mine"], mine=mine), "mine", "mine"),
]


@pytest.mark.parametrize(("source", "name", "result"), PICKED)
def test_modules_and_objects_give_their_own_public_names(
    source: object, name: str, result: str
) -> None:
    assert one(Work(names=(name,)), Sources(handlers=[source]))() == result


NOT_PICKED = [
    (Shop(), "_hidden"),
    (Shop(), "__init__"),
    (Shop(), "value"),
    (module(mine=mine), "mine"),
    (module(system=__import__("os").system), "system"),
    (module(os=__import__("os")), "os"),
    ({"mine": mine}, "other"),
]


@pytest.mark.parametrize(("source", "name"), NOT_PICKED)
def test_a_drawing_reaches_nothing_else(source: object, name: str) -> None:
    work = {"t1": Work(names=(name,))}
    assert refused("s > t1 > e", work, Sources(handlers=[source])) == [f"{codes.UNBOUND} t1"]


def test_all_that_is_missing_is_told_at_once_with_near_names() -> None:
    work = {"t1": Work(names=("chrage",)), "t3": Work(implementation="os:system")}
    sources = Sources(handlers=[{"charge": mine}], table={"refund": "python:shop:refund"})
    task("t22")(mine)
    with pytest.raises(BindingError) as caught:
        bind(program("s > t1 > t2 > t3 > e", work=work), sources)
    first, second, third = caught.value.findings
    assert (first.code, first.id) == (codes.UNBOUND, "t1")
    assert first.message == "nothing is bound to 'chrage' or 't1'"
    assert first.remedy.startswith("did you mean 'charge'? Else add a line")
    assert second.remedy.startswith("did you mean 't22'?")
    assert (third.code, third.id) == (codes.NOT_ALLOWED, "t3")


def test_a_fault_of_looking_up_hides_none_of_importing(tmp_path: Path) -> None:
    write(tmp_path, shop="def charge(): ...")
    sources = Sources(imports=AllowedImports([tmp_path]))
    work = {
        "t1": Work(implementation="shop:chrage"),
        "t2": Work(implementation="oops:charge"),
        "t3": Work(),
    }
    assert set(refused("s > t1 > t2 > t3 > e", work, sources)) == {
        f"{codes.NO_SUCH_NAME} t1",
        f"{codes.NOT_ALLOWED} t2",
        f"{codes.UNBOUND} t3",
    }


def test_faults_of_importing_are_told_at_once_too(tmp_path: Path) -> None:
    write(tmp_path, shop="def charge(*, a, **rest): ...", bad="1 / 0", calendar="", needs=NEEDS)
    work = {
        "t1": Work(implementation="shop:chrage"),
        "t2": Work(implementation="bad:charge"),
        "t3": Work(implementation="shop:charge"),
        "t4": Work(implementation="needs:Needs.work"),
    }
    sources = Sources(imports=AllowedImports([tmp_path]))
    assert refused("s > t1 > t2 > t3 > t4 > e", work, sources) == [
        f"{codes.NO_SUCH_NAME} t1",
        f"{codes.NOT_IMPORTED} t2",
        f"{codes.NOT_CALLABLE} t4",
    ]


NEEDS = "class Needs:\n    def __init__(self, a): ...\n    def work(self): ..."


@pytest.mark.parametrize(
    ("handler", "message"), [(3, "3 is no function"), (max, "max: its parameters cannot be seen")]
)
def test_what_cannot_be_called_is_refused(handler: Any, message: str) -> None:
    with pytest.raises(BindingError, match=message):
        one(Work(), Sources(handlers=[{"t1": handler}]))


def test_malformed_references_are_refused() -> None:
    table = Sources(table={"t1": "shop.charge"})
    assert refused("s > t1 > e", {}, table) == [f"{codes.MALFORMED} t1"]


def test_findings_stand_where_the_tasks_stand() -> None:
    def drawn(number: int) -> m.ServiceTask:
        return m.ServiceTask(id=f"t{number}", place=Place("a.bpmn", 10 - number))

    process = m.Process(id="P", is_executable=True, flow_elements=(drawn(1), drawn(2)))
    model = m.Definitions(id="D", root_elements=(process,), place=Place("a.bpmn"))
    with pytest.raises(BindingError) as caught:
        Engine(model)
    assert [str(found.place) for found in caught.value.findings] == ["a.bpmn:8", "a.bpmn:9"]


def test_stubs_let_pass_whatever_cannot_be_bound(tmp_path: Path) -> None:
    write(tmp_path, bad="1 / 0")
    work = {
        "t1": Work(implementation="os:system"),
        "t2": Work(implementation="bad:charge"),
        "t3": Work(names=("charge",)),
        "m4": Work(many=True),
    }
    engine = Engine(
        program("s > t1 > t2 > t3 > m4 > e", work=work),
        {"charge": lambda: {"real": 1}},
        workers=0,
        folders=[tmp_path],
        options=Options(stub=True),
    )
    assert engine.stubbed == ["t1", "m4", "t2"]
    run = engine.start()
    run.wait(WAIT)
    assert (run.outcome, run.variables) == ("completed", {"real": 1})


def test_scripts_need_no_binding() -> None:
    script = Work(script=lambda names: {"total": names["a"] + names["b"]})
    engine = Engine(program("s > t1 > e", work={"t1": script}), workers=0)
    run = engine.start("P", {"a": 1, "b": 2})
    run.wait(WAIT)
    assert run.variables == {"a": 1, "b": 2, "total": 3}


def test_what_is_bound_by_name_comes_before_a_script(tmp_path: Path) -> None:
    write(tmp_path, shop="def weigh(): return {'by': 'table'}")
    model = program("s > t1 > e", work={"t1": Work(script=lambda _: {"by": "script"})})
    table: dict[str, Any] = {"bindings": {"t1": "python:shop:weigh"}, "folders": [tmp_path]}
    given = {"t1": lambda: {"by": "caller"}}
    for handlers, options, by in (({}, table, "table"), (given, table, "caller")):
        with Engine(model, handlers, workers=0, **options) as engine:
            run = engine.start()
        assert run.variables == {"by": by}


def test_a_binding_file(tmp_path: Path) -> None:
    path = tmp_path / "bindings.toml"
    path.write_text('charge = "python:shop:charge"\norg.acme.Refund = "python:shop:refund"\n')
    table = {"charge": "python:shop:charge", "org.acme.Refund": "python:shop:refund"}
    assert read_table(path) == table
    write(tmp_path, shop="def charge(): return {'charged': 1}")
    model = program("s > t1 > e", work={"t1": Work(names=("charge",))})
    with Engine(model, bindings=path, folders=[tmp_path], workers=0) as engine:
        run = engine.start()
        run.wait(WAIT)
    assert run.variables == {"charged": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("charge = ", "Invalid value"),
        ("charge = 3", "charge is no text"),
        ("[a]\nb = [1]", "a.b is no text"),
        (b"\xff", "utf-8"),
        (None, "No such file"),
    ],
)
def test_a_binding_file_that_cannot_be_used(tmp_path: Path, text: Any, message: str) -> None:
    path = tmp_path / "bindings.toml"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BindingError, match=message) as caught:
        read_table(path)
    assert {finding.code for finding in caught.value.findings} == {codes.BAD_TABLE}


def test_modules_register_their_tasks(tmp_path: Path) -> None:
    text = "from bpmn_xml.runtime import task\n@task('charge')\ndef pay(): return {'who': WHO}\n"
    a = write(tmp_path / "a", tasks=f"{text}WHO = 'a'")
    b = write(tmp_path / "b", tasks=f"{text}WHO = 'b'")
    model = program("s > t1 > e", work={"t1": Work(names=("charge",))})
    found = []
    for folder in (a, b, a):
        with Engine(model, folders=[folder], modules=["tasks"], workers=0) as engine:
            run = engine.start()
            run.wait(WAIT)
            found.append(run.variables["who"])
    assert found == ["a", "b", "a"]


def test_a_module_that_is_loaded_again_replaces_its_own() -> None:
    for answer in ("old", "new"):
        exec(f"def f(): return '{answer}'", scope := {"__name__": "again"})
        task("charge")(scope["f"])
    task("charge")(mine)
    assert one(Work(names=("charge",)))() == "mine"
    assert len(decorator.registered("charge")) == 2


def test_a_task_is_registered_by_a_name() -> None:
    from bpmn_xml.errors import UsageError

    with pytest.raises(UsageError, match="registered by its name"):
        task(mine)  # type: ignore[arg-type] # what people write
    assert decorator.registered_names() == ()


def test_a_class_is_a_handler_too() -> None:
    @task("charge")
    class Charge:
        def __call__(self, amount: int) -> int:
            return amount + 1

    bound = bind(program("s > t1 > e", work={"t1": Work(names=("charge",))}), Sources())
    handler = bound.handlers[1]
    assert handler.function(*handler.gather({"amount": 2})) == 3


def test_a_reference_without_its_prefix_is_known() -> None:
    with pytest.raises(BindingError) as caught:
        bind(
            program("s > t1 > e", work={"t1": Work(names=("shop:mine",))}),
            Sources(handlers=[{"mine": mine}]),
        )
    (finding,) = caught.value.findings
    assert finding.remedy.startswith("did you mean 'python:shop:mine'? Else ")


def _rows() -> Iterator[int]:
    yield 1


@pytest.mark.parametrize(
    ("work", "function", "codes_told"),
    [
        (Work(retries=(1,)), _rows, [codes.NOT_AGAIN]),
        (Work(retries=(1,), many=True), mine, [codes.NOT_AGAIN]),
        (Work(retries=(1,), resumable=True), _rows, []),
        (Work(retries=(1,)), mine, []),
        (Work(), _rows, []),
    ],
)
def test_retries_of_a_producer_that_is_not_resumable_are_told_of(
    work: Work, function: Any, codes_told: list[str]
) -> None:
    bound = bind(program("s > t1 > e", work={"t1": work}), Sources(handlers=[{"t1": function}]))
    assert [one.code for one in bound.doubts] == codes_told
