"""A legacy file is read, or refused with all its faults, each with line, name and remedy."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml import formats
from bpmn_xml.errors import ReadError
from bpmn_xml.formats import DEFAULT_LIMITS, Limits
from bpmn_xml.formats.conf.reader import read_conf
from bpmn_xml.model import FlowNode
from tests.conftest import ROOT
from tests.costs import calls

from .models import assert_refused, begin, conf, elements, flows, nodes, shown


def test_calculator():
    path = ROOT / "diagrams" / "calculator" / "calculator.conf"
    definitions, remarks = formats.read_with_findings(path)
    assert nodes(definitions) == [
        "StartEvent start", "ServiceTask input", "ServiceTask add", "ServiceTask subtract",
        "ParallelGateway print_join", "ServiceTask print", "ParallelGateway input_split",
        "EndEvent print_end",
    ]  # fmt: skip
    assert flows(definitions) == [
        "start > input", "input_split > add", "input_split > subtract", "add > print_join",
        "subtract > print_join", "print_join > print", "input > input_split",
        "print > print_end",
    ]  # fmt: skip
    assert definitions.root_elements[0].id == "calculator"
    settings = {
        e.id: {a.name: a.value for a in e.extension_attributes}
        for e in elements(definitions)
        if isinstance(e, FlowNode) and e.extension_attributes
    }
    assert settings == {
        "input": {"emits": "many", "threads": "1", "queueCount": "10"},
        "add": {"emits": "transfer", "threads": "90", "queueCount": "10"},
        "subtract": {"emits": "transfer", "threads": "90", "queueCount": "10"},
        "print": {"threads": "90", "queueCount": "1"},
    }
    assert [(remark.code, remark.severity, remark.place.line) for remark in remarks] == [
        ("BX067", "note", 25)
    ]


GOOD = """
g generator -> a
a sink
"""

NOTES = {
    conf(GOOD) + "\nthread_cuont=3": [
        (
            "thread_cuont=3 | note BX059 a: the option 'thread_cuont' of 'a' is unknown; "
            "did you mean 'thread_count'?"
        )
    ],
    conf(GOOD) + "\n[model_old]\ntype=sink": [
        (
            "[model_old] | note BX054: the section [model_old] has no key in [model]; "
            "add its key, or remove it"
        )
    ],
    conf(GOOD) + "\n[loggers]": ["[loggers] | note BX054: the section [loggers] has no key"],
    conf(GOOD) + "\nqueue_count=3": [
        "queue_count=3 | note BX067: queue_count has no effect: there are no queues"
    ],
    conf("g generator queue_count=1 -> a\na sink queue_count=2"): [
        "queue_count=1 | note BX067: queue_count has no effect"
    ],
    conf(GOOD).replace("[model]", "[model]\nname=x"): [
        "name=x | note BX059: the option 'name' of [model] has no effect"
    ],
    conf(GOOD): [],
    "[DEFAULT]\ninput_ports=any\nodd=1\n" + conf(GOOD): [],
    conf(GOOD + "c connection OnSuccess=a thread_count=x"): [],
}


@pytest.mark.parametrize("text", NOTES)
def test_notes(text):
    found = shown(text, read_conf(text.encode(), "x.conf")[1])
    assert begin(found, NOTES[text]), found


def test_defaults_hold_for_all_sections():
    data = f"[DEFAULT]\nthread_count=7\nmodule=other\n{conf(GOOD)}".encode()
    found = elements(read_conf(data)[0])[1:3]
    assert [e.extension_attribute("urn:bpmn-xml:1.0", "threads") for e in found] == ["7", "7"]
    assert [e.implementation for e in found] == ["python:m:C.g", "python:m:C.a"]


LINES_AND_TYPES = {
    "": [" | error BX052: there is no [model] with keys; add keys=... with the names of all"],
    "[model]\nkeys= ,": ["[model] | error BX052: there is no [model] with keys"],
    "[Model]\nkeys=a": [
        " | error BX052: there is no [model] with keys",
        "[Model] | note BX054: the section [Model] has no key",
    ],
    conf(GOOD).replace("keys=g,a", "keys=g,a,g"): [
        "keys=g,a,g | error BX051 g: the key 'g' stands twice; name it once"
    ],
    conf(GOOD).replace("keys=g,a", "keys=g,a,b"): [
        "keys=g,a,b | error BX053 b: the key 'b' has no section [model_b]; add the"
    ],
    conf(GOOD).replace("[model_a]", "[model_A]"): [
        "keys=g,a | error BX053 a: the key 'a' has no section [model_a]; did you mean 'model_A'",
        "[model_A] | note BX054: the section [model_A] has no key in [model]",
    ],
    conf(GOOD).replace("[model_a]", "[a]"): [
        "[a] | error BX053 a: the key 'a' has no section [model_a]; write [model_a] instead of [a]"
    ],
    conf("g generater"): [
        (
            "type=generater | error BX055 g: type of 'g': the type 'generater' does not exist; "
            "did you mean 'generator'?"
        )
    ],
    conf("g Generator"): ["type=Generator | error BX055 g: type of 'g': the type 'Generator'"],
    "[model]\nkeys=g\n[model_g]": [
        f"[model_g] | error BX056 g: 'g' has no {name}; add {name}=..."
        for name in ("type", "module", "class", "method")
    ],
}


@pytest.mark.parametrize("text", LINES_AND_TYPES)
def test_errors(text):
    assert_refused(text, LINES_AND_TYPES[text])


def test_all_faults_at_once():
    text = conf("g generator -> x thread_count=0\na sink ports=some\nb snk") + "\nwhat is this"
    with pytest.raises(ReadError) as caught:
        read_conf(text.encode(), "x.conf")
    found = [line.split(": ")[0] for line in shown(text, caught.value.findings)]
    assert found == [
        "OnSuccess=x | error BX060 g", "thread_count=0 | error BX057 g",
        "input_ports=some | error BX066 a", "type=snk | error BX055 b",
        "what is this | error BX050",
    ]  # fmt: skip


def big(count: int, options: str = "") -> str:
    """Return a model of so many tasks in a row."""
    lines = [f"t{number} transfer -> t{number + 1} {options}" for number in range(1, count)]
    return conf("\n".join(["t0 generator -> t1", *lines, f"t{count} sink"]))


AFTER = [",".join(f"t{after}" for after in range(number + 1, 460)) for number in range(459)]
DENSE = [f"t{number} transfer -> {after}" for number, after in enumerate(AFTER)]
BOMBS = {
    "keys": "[model]\nkeys=" + ",".join(f"k{number}" for number in range(600_000)),
    "same keys": "[model]\nkeys=" + ",".join(["k"] * 2_000_000),
    "keys without sections": "[model]\nkeys=" + ",".join(f"k{number}" for number in range(9_000)),
    "sections": "[model]\nkeys=a\n" + "\n".join(f"[m{number}]" for number in range(350_000)),
    "same section": "[s]\n" * 1_000_000,
    "options": "[s]\n" + "\n".join(f"o{number}=" for number in range(450_000)),
    "defaults": "[DEFAULT]\n"
    + "\n".join(f"o{number}=" for number in range(200_000))
    + "\n".join(f"[{number}]" for number in range(200_000)),
    "continuations": "[s]\na=\n" + " b\n" * 1_300_000,
    "junk": "junk\n" * 800_000,
    "one line": "x" * 4_000_000,
    "spaces": "a" + " " * 4_000_000 + "b",
    "colons": ":" * 4_000_000,
    "brackets": "[" * 4_000_000,
    "successors": conf("g generator -> " + ",".join(f"s{number}" for number in range(500_000))),
    "same successor": conf("g generator -> " + ",".join(["g"] * 2_000_000)),
    "dense": conf("\n".join([*DENSE, "t459 sink"])),
    "unknown successors": conf(
        "g generator -> " + ",".join(f"name{n}" for n in range(9_000)) + "\n"
        + "\n".join(f"name_{n} transfer" for n in range(2_000))
    ),
    "long name": conf("g generator -> " + "x" * 3_000_000),
    "long key": conf("x" * 1_000_000 + " generator ->  y"),
    "too large": "#" * 5_000_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_goes_off(bomb):
    data = BOMBS[bomb].encode()
    with pytest.raises(ReadError) as caught:
        read_conf(data, "x.conf")
    assert len(caught.value.findings) <= 2 * DEFAULT_LIMITS.findings
    assert max(len(str(finding)) for finding in caught.value.findings) < 1_000


def test_memory_of_a_wide_bomb():
    data = BOMBS["options"][:1_000_000].encode()
    tracemalloc.start()
    try:
        with pytest.raises(ReadError):
            read_conf(data, "x.conf")
        assert tracemalloc.get_traced_memory()[1] < 120_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("bomb", ["keys without sections", "sections", "options", "successors"])
def test_the_cost_of_a_bomb_grows_with_its_size_alone(bomb):
    costs = []
    for size in (100_000, 200_000):
        data = BOMBS[bomb][:size].encode()
        costs.append(calls(lambda data=data: refuse(data)))
    assert costs[1] < 2.2 * costs[0]


def refuse(data):
    with pytest.raises(ReadError):
        read_conf(data, "x.conf")


def test_large_models_are_read_at_a_cost_in_proportion():
    half, whole = (big(n, "ports=all queue_count=1 unknown=1").encode() for n in (500, 1_000))
    costs = [calls(lambda data=data: read_conf(data, "x.conf")) for data in (half, whole)]
    assert costs[1] < 2.1 * costs[0]


def test_large_models_are_read():
    data = big(5_000, "ports=all queue_count=1 unknown=1").encode()
    definitions, remarks = read_conf(data, "x.conf")
    assert len(elements(definitions)) == 2 * 5_001 + 3
    assert len(remarks) == DEFAULT_LIMITS.findings


def test_limits_of_findings():
    with pytest.raises(ReadError) as caught:
        read_conf(b"junk\n" * 50, "x.conf", Limits(findings=7))
    assert len(caught.value.findings) == 7


def test_a_name_that_is_no_text():
    definitions, _ = read_conf(conf(GOOD).encode(), "a/\udcff\x01b.conf")
    assert definitions.name == "__b"
    assert read_conf(conf(GOOD).encode())[0].name == "legacy"


PIECES = """[model]
keys=a,b
[model_a]
[model_b]
type=generator
type=transfer
module=m
class=C
method=f
OnSuccess=b
OnFailure=b
OnSuccess=a
input_ports=all
thread_count=1
 b
#
[DEFAULT]
junk
delay=1""".splitlines()
LINES = st.lists(st.sampled_from([*PIECES, *PIECES[:10]]), max_size=25).map("\n".join)


@given(LINES.map(str.encode) | st.text(max_size=60).map(str.encode) | st.binary(max_size=60))
def test_every_file_is_read_or_refused(data):
    with suppress(ReadError):
        assert flows(read_conf(data, "x.conf")[0])
