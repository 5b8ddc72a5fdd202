"""Features on one task do with each other what they do alone, wherever the task stands.

Every pair of `FEATURES` is drawn at every one of `PLACES`; who was called how often, what the task
was told, and what is left in stores and variables must be what both do alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

import pytest

import bpmn_xml
from tests.documents import CAMUNDA_DEFINITIONS, flows


class Feature(NamedTuple):
    """What is drawn of a feature: in the task, beside it, on its way out; and what it does.

    `calls` are those of Python; `repeats` says how often the task is done, `tries` how often it
    must be tried; `told` is what it sees, `leaves` the variables behind it.
    """

    inside: str = ""
    mapping: str = ""
    extension: str = ""
    default: str = ""
    beside: str = ""
    way: str = ""
    calls: Sequence[str] = ()
    repeats: int = 1
    tries: int = 1
    told: tuple[tuple[str, object], ...] = ()
    leaves: tuple[tuple[str, object], ...] = ()


def listener(event: str) -> str:
    return f'<camunda:executionListener event="{event}" delegateExpression="${{{event}}}"/>'


def parameter(which: str, name: str, value: str) -> str:
    return f'<camunda:{which}Parameter name="{name}">{value}</camunda:{which}Parameter>'


def moved(way: str, source: str, target: str) -> str:
    ends = f"<sourceRef>{source}</sourceRef><targetRef>{target}</targetRef>"
    return f'<data{way}Association id="{way}">{ends}</data{way}Association>'


def several(words: str = "", more: str = "<loopCardinality>2</loopCardinality>") -> str:
    tag = "multiInstanceLoopCharacteristics"
    return f"<{tag} {words}>{more}</{tag}>"


def border(id_: str, event: str) -> str:
    definition = f'<{event}Definition id="{id_}d"/>'
    return f'<boundaryEvent id="{id_}" attachedToRef="t">{definition}</boundaryEvent>'


def asked(call: str) -> str:
    return f"<conditionExpression>${{{call}}}</conditionExpression>"


COLLECTION: Final = 'camunda:collection="${svc.list()}"'
UNTIL: Final = "<completionCondition>${svc.enough()}</completionCondition>"
TURNS: Final = """<standardLoopCharacteristics loopMaximum="2">
<loopCondition>true</loopCondition></standardLoopCharacteristics>"""
SHELF: Final = {"lamp": 1}
RETRIES: Final = "<camunda:failedJobRetryTimeCycle>R2/PT0S</camunda:failedJobRetryTimeCycle>"
UNDOES: Final = """<serviceTask id="u" isForCompensation="true" camunda:class="undo"/>
<association id="as" associationDirection="One" sourceRef="c" targetRef="u"/>"""

FEATURES: Final = {
    "start listener": Feature(extension=listener("start"), calls=["start"]),
    "end listener": Feature(extension=listener("end"), calls=["end"]),
    "store read": Feature(inside=moved("Input", "shelf", "goods"), told=(("goods", SHELF),)),
    "store written": Feature(inside=moved("Output", "bill", "orders"), leaves=(("bill", None),)),
    "input": Feature(mapping=parameter("input", "x", "${n + 1}"), told=(("x", 8),)),
    "asked input": Feature(
        mapping=parameter("input", "price", "${svc.price()}"), calls=["price"],
        told=(("price", "asked"),),
    ),
    "output": Feature(mapping=parameter("output", "y", "${bill * 2}"), leaves=(("y", 84),)),
    "asked output": Feature(
        mapping=parameter("output", "z", "${svc.cost(bill)}"), calls=["cost"],
        leaves=(("z", "asked"),),
    ),
    "at once": Feature(inside=several(), repeats=2),
    "in turn": Feature(inside=several('isSequential="true"'), repeats=2),
    "asked collection": Feature(inside=several(COLLECTION, ""), calls=["list"], repeats=2),
    "asked until": Feature(
        inside=several("", f"<loopCardinality>2</loopCardinality>{UNTIL}"), calls=["enough"],
        repeats=2,
    ),
    "turns": Feature(inside=TURNS, repeats=2),
    "retry": Feature(extension=RETRIES, tries=2),
    "border": Feature(beside=f'{border("b", "errorEvent")}<endEvent id="be"/>{flows("b be")}'),
    "undone": Feature(beside=border("c", "compensateEvent") + UNDOES, calls=["undo"]),
    "asked way": Feature(
        default='default="o"', way=asked("svc.yes(n)"), calls=["yes"],
        beside='<sequenceFlow id="o" sourceRef="t" targetRef="no"/><endEvent id="no"/>',
    ),
    "way": Feature(
        way=f"<extensionElements>{listener('take')}</extensionElements>", calls=["take"]
    ),
}  # fmt: skip
"""What a task may have."""

ONCE: Final = {"list", "yes", "take"}
"""Who is called once for all that a task does, and not each time; undoing is done each time."""

ORDER: Final = [
    "list", "price", "start", "try", "work", "end", "cost", "enough", "yes", "take", "undo",
]  # fmt: skip
"""In which order all of them are called for the first time."""

DATA: Final = """<ioSpecification><dataInput id="goods"/><dataOutput id="bill"/><inputSet/>
<outputSet><dataOutputRefs>bill</dataOutputRefs></outputSet></ioSpecification>"""
STORES: Final = """<dataStoreReference id="orders" dataStoreRef="st1"/>
<dataStoreReference id="shelf" dataStoreRef="st2"/>"""
UNDO_ALL: Final = """<intermediateThrowEvent id="k"><compensateEventDefinition id="kd"/>
</intermediateThrowEvent>"""
CHOSEN: Final = """<extensionElements><zeebe:adHoc activeElementsCollection='=["t"]'/>
</extensionElements>"""


def task(features: Sequence[Feature], words: str = "") -> str:
    """A task with features, and what is beside it."""
    mapped = "".join(feature.mapping for feature in features)
    extensions = "".join(feature.extension for feature in features)
    extensions += f"<camunda:inputOutput>{mapped}</camunda:inputOutput>" if mapped else ""
    inside = "".join(feature.inside for feature in features)
    words += "".join(feature.default for feature in features)
    return (
        f'<serviceTask id="t" camunda:class="work" {words}>'
        f"<extensionElements>{extensions}</extensionElements>"
        f"{DATA if 'Association' in inside else ''}{inside}</serviceTask>{STORES}"
        f"{''.join(feature.beside for feature in features)}"
    )


def led(features: Sequence[Feature], target: str) -> str:
    """A task with features, and the way that leads on from it."""
    way = "".join(sorted((feature.way for feature in features), reverse=True))
    ends = f'sourceRef="t" targetRef="{target}"'
    return f'{task(features)}<sequenceFlow id="w" {ends}>{way}</sequenceFlow>'


def process(inside: str, ways: str, name: str = "P") -> str:
    """A process that undoes at its end all that was done."""
    inside += f'<startEvent id="s"/><endEvent id="e"/>{UNDO_ALL}{flows(ways, "k e")}'
    return f'<process id="{name}" isExecutable="true">{inside}</process>'


def plain(features: Sequence[Feature], name: str = "P") -> str:
    return process(led(features, "k"), "s t", name)


def within(tag: str, first: str) -> Callable[[Sequence[Feature]], str]:
    def inner(features: Sequence[Feature]) -> str:
        inside = f'{first}{led(features, "l")}<task id="l"/>'
        return process(f'<{tag} id="h">{inside}</{tag}>', "s h k")

    return inner


def undoing(features: Sequence[Feature]) -> str:
    """The task undoes another one, so nothing leads away from it."""
    done = '<task id="a"/>' + border("ac", "compensateEvent").replace('"t"', '"a"')
    line = '<association id="aa" associationDirection="One" sourceRef="ac" targetRef="t"/>'
    return process(done + line + task(features, 'isForCompensation="true"'), "s a k")


BEGINS: Final = f'<startEvent id="hs"/>{flows("hs t")}'
PLACES: Final[dict[str, Callable[[Sequence[Feature]], str]]] = {
    "in a process": plain,
    "in a sub-process": within("subProcess", BEGINS),
    "in a transaction": within("transaction", BEGINS),
    "in an ad-hoc sub-process": within("adHocSubProcess", CHOSEN + '<task id="other"/>'),
    "to undo another": undoing,
    "in a second file with the same ids": lambda features: plain(features, "Q"),
}


class Shop:
    """The Python of a run, which notes who calls it."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls: list[str] = []
        self.seen: list[dict[str, object]] = []
        self.stores: dict[str, dict[str, Any]] = {"orders": {}, "shelf": dict(SHELF)}

    def noted(self, name: str, answer: object = None) -> Callable[..., object]:
        def call(*_: object) -> object:
            self.calls.append(name)
            return answer

        return call

    def work(self, **told: object) -> dict[str, object]:
        self.calls.append("try")
        if self.failures:
            self.failures -= 1
            raise RuntimeError("again")
        self.calls.append("work")
        self.seen.append({name: value for name, value in told.items() if name in TOLD})
        return {"bill": 42}

    def bindings(self, calls: Collection[str]) -> dict[str, object]:
        """What the features of a drawing call: methods of a bean, and functions."""
        noted = {call: self.noted(call, ANSWERS.get(call)) for call in calls}
        bean = {name: staticmethod(function) for name, function in noted.items() if name in ANSWERS}
        plain = {name: function for name, function in noted.items() if name not in ANSWERS}
        return {"work": self.work, **plain} | ({"svc": type("Bean", (), bean)()} if bean else {})


ANSWERS: Final[dict[str, object]] = {
    "price": "asked", "cost": "asked", "yes": True, "enough": False, "list": ["i", "j"],
}  # fmt: skip
"""What the methods of the bean give."""

TOLD: Final = {name for feature in FEATURES.values() for name, _ in feature.told}


def run(place: str, features: Sequence[Feature]) -> tuple[Shop, dict[str, object]]:
    """Run a drawing to its end: its Python, and the variables that are left."""
    drawn = [PLACES[place](features)]
    if "second" in place:
        drawn.insert(0, plain(features))
    stores = '<dataStore id="st1" name="orders"/><dataStore id="st2" name="shelf"/>'
    texts = [f"{CAMUNDA_DEFINITIONS}{stores}{text}</definitions>" for text in drawn]
    models = [bpmn_xml.read(text.encode(), name=f"{n}.bpmn") for n, text in enumerate(texts)]
    shop = Shop(max(feature.tries for feature in features) - 1)
    calls = {call for feature in features for call in feature.calls}
    with bpmn_xml.Engine(models, shop.bindings(calls), stores=shop.stores) as engine:
        ran = engine.start("Q" if "second" in place else "P", {"n": 7})
        ran.wait(10)
        assert [found.message for found in ran.incidents] == []
        assert ran.outcome == "completed"
        return shop, dict(ran.variables)


def may_meet(place: str, features: Sequence[Feature]) -> bool:
    """A task has one loop at most, and no way leads away from one that undoes.

    Camunda 7 deploys no multi-instance activity with outputs.
    """
    loops = sum(feature.repeats > 1 for feature in features)
    away = any(feature.way or feature.beside for feature in features)
    outputs = any("outputParameter" in feature.mapping for feature in features)
    many = any("multiInstance" in feature.inside for feature in features)
    return loops < 2 and not (away and place == "to undo another") and not (outputs and many)


@pytest.mark.parametrize("place", PLACES)
def test_two_features_do_what_each_does_alone(place: str) -> None:
    for names in combinations(FEATURES, 2):
        features = [FEATURES[name] for name in names]
        if not may_meet(place, features):
            continue
        shop, left = run(place, features)
        repeats = max(feature.repeats for feature in features)
        failures = max(feature.tries for feature in features) - 1
        calls = Counter({"work": repeats, "try": repeats + failures})
        for call in (call for feature in features for call in feature.calls):
            calls[call] = 1 if call in ONCE else repeats
        assert Counter(shop.calls) == calls, names
        assert list(dict.fromkeys(shop.calls)) == [name for name in ORDER if name in calls], names
        told = dict(pair for feature in features for pair in feature.told)
        assert shop.seen == [told] * repeats, names
        leaves = {"n": 7, "bill": 42} | dict(p for feature in features for p in feature.leaves)
        assert left == {name: value for name, value in leaves.items() if value is not None}, names
        written = {"bill": 42} if "store written" in names else {}
        assert shop.stores == {"orders": written, "shelf": SHELF}, names
