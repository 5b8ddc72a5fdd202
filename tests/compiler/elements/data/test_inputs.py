"""Input and output sets: an activity waits for what it needs, and gives what it must (10.4.2)."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.core import commands as c
from bpmn_xml.formats import read
from tests.core.harness import Driver

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"
  {more}><signal id="S" name="S"/><process id="P" isExecutable="true">
  <dataObject id="one"/><dataObject id="two"/>"""
FLOW = '<sequenceFlow id="{0}{1}" sourceRef="{0}" targetRef="{1}"/>'
MOVES = "".join(
    f'<dataInputAssociation id="m{n}"><sourceRef>{n}</sourceRef><targetRef>in_{n}</targetRef>'
    "</dataInputAssociation>"
    for n in ("one", "two")
)
LOOP = """<multiInstanceLoopCharacteristics><loopDataInputRef>in_one</loopDataInputRef>
  <inputDataItem id="item"/></multiInstanceLoopCharacteristics>"""


def needs(*sets: str, loop: str = "") -> str:
    """A task with these input sets."""
    stated = "".join(f'<inputSet id="s{i}">{one}</inputSet>' for i, one in enumerate(sets))
    return f"""<serviceTask id="t"><ioSpecification><dataInput id="in_one"/><dataInput id="in_two"/>
      {stated}<outputSet/></ioSpecification>{MOVES}{loop}</serviceTask>"""


def refs(*names: str, kind: str = "dataInput") -> str:
    return "".join(f"<{kind}Refs>in_{name}</{kind}Refs>" for name in names)


def driver(task: str, *, more: str = "", options: Options = Options()) -> Driver:  # noqa: B008
    text = f"""{HEAD.format(more=more)}<startEvent id="s"/>{task}<userTask id="u"/><task id="z"/>
      {"".join(FLOW.format(a, b) for a, b in ("st", "su", "tz"))}</process></definitions>"""
    return Driver(compile_models([read(text.encode())], options), reload=True)


BOTH, ONE, TWO = refs("one", "two"), refs("one"), refs("two")

READY: list[tuple[str, dict[str, Any], bool]] = [
    # task, variables, whether it begins at once
    (needs(), {}, True),
    (needs(""), {}, True),
    (needs(ONE), {}, False),
    (needs(ONE), {"one": None}, False),
    (needs(ONE), {"one": 0}, True),
    (needs(BOTH), {"one": 1}, False),
    (needs(BOTH), {"one": 1, "two": 2}, True),
    (needs(ONE, TWO), {"two": 2}, True),
    (needs(ONE, TWO), {}, False),
    (needs(ONE, ""), {}, True),
    (needs(BOTH + refs("two", kind="optionalInput")), {"one": 1}, True),
    (needs(BOTH + refs("one", "two", kind="whileExecutingInput")), {}, True),
]


@pytest.mark.parametrize(("task", "variables", "ready"), READY)
def test_an_activity_begins_when_an_input_set_is_there(
    task: str, variables: dict[str, Any], ready: bool
) -> None:
    ran = driver(task).start(variables)
    assert bool(ran.open_jobs()) is ready
    assert bool(ran.waits()) is not ready
    (person,) = ran.open_jobs(users=True)[-1:]
    ran.send(c.CompleteJob(*person, {"one": [1], "two": [2]}))
    assert ran.go().outcome == "completed"
    assert ran.path().split()[-1] == "z"


ASKING = """<multiInstanceLoopCharacteristics><loopCardinality>${shop.count(one)}</loopCardinality>
  </multiInstanceLoopCharacteristics>"""


def test_python_is_asked_when_the_data_is_there() -> None:
    ran = driver(needs(ONE, loop=ASKING)).start()
    assert not ran.open_jobs()
    (person,) = ran.open_jobs(users=True)
    ran.send(c.CompleteJob(*person, {"one": 2}))
    (asked,) = ran.open_jobs()
    assert ran.program.nodes[asked[1]].id == "t/asked:t.loop cardinality"


def test_an_activity_that_is_repeated_waits_as_a_whole() -> None:
    ran = driver(needs(ONE, loop=LOOP)).start()
    (person,) = ran.open_jobs(users=True)
    ran.send(c.CompleteJob(*person, {"one": [1, 2, 3]}))
    assert len(ran.open_jobs()) == 3
    assert ran.go().outcome == "completed"


@pytest.mark.parametrize(
    ("more", "options"),
    [
        ('xmlns:camunda="http://camunda.org/schema/1.0/bpmn"', Options()),
        ('xmlns:drools="http://www.jboss.org/drools"', Options()),
        ("", Options(stub=True)),
    ],
)
def test_where_nothing_is_asked_for(more: str, options: Options) -> None:
    assert driver(needs(ONE), more=more, options=options).start().open_jobs()


def test_what_a_data_store_holds_is_there() -> None:
    stored = '<dataStoreReference id="shelf"/>' + needs(BOTH).replace(">one<", ">shelf<")
    ran = driver(stored).start({"two": 2})
    assert [ran.program.nodes[job[1]].work.store.store for job in ran.open_jobs()] == ["shelf"]


BEHIND_GATEWAY = """<process id="P" isExecutable="true"><dataObject id="one"/><startEvent id="s"/>
  <eventBasedGateway id="g"/><receiveTask id="r" messageRef="M"><ioSpecification>
  <dataInput id="in_one"/><inputSet><dataInputRefs>in_one</dataInputRefs></inputSet><outputSet/>
  </ioSpecification></receiveTask>"""


def test_what_is_chosen_by_what_happens_waits_for_that_only() -> None:
    text = f"""{HEAD.format(more="").partition("<process")[0]}<message id="M"/>{BEHIND_GATEWAY}
      {"".join(FLOW.format(a, b) for a, b in ("sg", "gr"))}</process></definitions>"""
    program = compile_models([read(text.encode())])
    assert [node.id for node in program.nodes] == ["s", "g", "r"]


def gives(sets: str) -> str:
    """A task that moves its output to the first object, with these output sets."""
    return f"""<serviceTask id="t"><ioSpecification><dataOutput id="out" name="out"/><inputSet/>
      {sets}</ioSpecification><dataOutputAssociation id="m"><sourceRef>out</sourceRef>
      <targetRef>one</targetRef></dataOutputAssociation></serviceTask>"""


NEEDED = "<outputSet><dataOutputRefs>out</dataOutputRefs>{}</outputSet>"
OPTIONAL = NEEDED.format("<optionalOutputRefs>out</optionalOutputRefs>")
NEEDED = NEEDED.format("")


@pytest.mark.parametrize(
    ("sets", "result", "one"),
    [
        (NEEDED, {"out": 5}, 5),
        (NEEDED, {"one": 6}, 6),
        (NEEDED, {}, "its output 'out' has no value"),
        (NEEDED + "<outputSet/>", {}, None),
        (OPTIONAL, {}, None),
        (OPTIONAL, {"out": 5}, 5),
    ],
)
def test_an_activity_gives_one_of_its_output_sets(
    sets: str, result: dict[str, Any], one: object
) -> None:
    ran = driver(gives(sets)).start()
    (job,) = ran.open_jobs()
    ran.send(c.CompleteJob(*job, result))
    if isinstance(one, str):
        assert ran.incidents() == [one]
        ran.send(c.ResolveIncident(*job, {"out": 7}))
        one = 7
    assert ran.state.scopes[""].variables.get("one") == one
    assert ran.incidents() == []
