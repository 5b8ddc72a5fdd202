"""What a vendor's own engine demands of its words, though a diagram can be run here without.

A topic, a correlation key, the variable of a result: where one is left out or misspelt, a task
still runs here by its id or name, but hardly as was meant. So these are doubts, never errors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.vendors.sayings import Saying, doubt, elements_of, sayings
from bpmn_xml.compiler.dialects import camunda7, camunda8
from bpmn_xml.compiler.dialects.read import VENDORS, VendorWord, spelled, words_on
from bpmn_xml.compiler.dialects.table import Verdict
from bpmn_xml.compiler.engine_rules import ENGINES, PLATFORMS
from bpmn_xml.compiler.words import with_article
from bpmn_xml.errors import Finding
from bpmn_xml.model.vendors import BX, is_nearly_ours, platform_of
from bpmn_xml.model.walk import owned, walk
from bpmn_xml.wording import listed, suggest

LACKING: Final = "BX731"
NO_CHOICE: Final = "BX732"
A_TEXT: Final = "BX733"
NO_VENDOR: Final = "BX734"
TWO_FIELDS: Final = "BX735"
CROSSED: Final = "BX736"


SEVEN: Final = camunda7.DIALECT.name
EIGHT: Final = camunda8.DIALECT.name

DEMANDED: Final[Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]] = {
    (SEVEN, "formField"): (("id",), ("type",)),
    (SEVEN, "connector"): (("connectorId",),),
    (SEVEN, "entry"): (("key",),),
    (SEVEN, "property"): (("name", "id"),),
    (SEVEN, "field"): (("name",), ("stringValue", "expression", "string")),
    (SEVEN, "inputParameter"): (("name",),),
    (SEVEN, "outputParameter"): (("name",),),
    (SEVEN, "executionListener"): (("class", "delegateExpression", "expression", "script"),),
    (SEVEN, "taskListener"): (("class", "delegateExpression", "expression", "script"), ("event",)),
    (SEVEN, "in"): (
        ("source", "sourceExpression", "variables", "businessKey"),
        ("target", "variables", "businessKey"),
    ),
    (SEVEN, "out"): (("source", "sourceExpression", "variables"), ("target", "variables")),
    (EIGHT, "taskDefinition"): (("type",),),
    (EIGHT, "calledDecision"): (("decisionId",), ("resultVariable",)),
    (EIGHT, "script"): (("expression",), ("resultVariable",)),
    (EIGHT, "subscription"): (("correlationKey",),),
    (EIGHT, "formDefinition"): (("formId", "formKey", "externalReference"),),
    (EIGHT, "header"): (("key",),),
    (EIGHT, "executionListener"): (("type",), ("eventType",)),
    (EIGHT, "taskListener"): (("type",), ("eventType",)),
}
"""By dialect and element: of each of these attributes, or elements in it, one must be there."""

PARTS_OF_FORMS: Final = {"formField": "fields of its form", "value": "values of a field"}
TOGETHER: Final = {(EIGHT, "loopCharacteristics"): ("outputCollection", "outputElement")}
"""By dialect and element: attributes of which none stands alone."""

BINDINGS: Final = ("latest", "deployment", "version", "versionTag")
CHOICES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    (SEVEN, "formField/type"): ("string", "long", "boolean", "date", "enum"),
    (SEVEN, "calledElementBinding"): BINDINGS,
    (SEVEN, "decisionRefBinding"): BINDINGS,
    (SEVEN, "formRefBinding"): BINDINGS,
    (EIGHT, "calledElement/bindingType"): BINDINGS,
    (EIGHT, "calledDecision/bindingType"): BINDINGS,
    (EIGHT, "formDefinition/bindingType"): BINDINGS,
}
"""By dialect and attribute: the values that it may have."""

COMPUTED: Final = {
    "loopCharacteristics/inputCollection",
    "loopCharacteristics/outputElement",
    "subscription/correlationKey",
    "script/expression",
}
"""What Camunda 8 computes: behind a `=`."""

GROUPED: Final = {
    "assignmentDefinition/candidateGroups",
    "assignmentDefinition/candidateUsers",
}
"""Where Camunda 8 takes names with commas between them, or a list that is computed."""

PLAIN: Final = frozenset({"header", "property", "input", "output"})
"""Where Camunda 8 takes texts as they stand; `missing_equals_sign` looks at mappings."""

BRACED: Final = frozenset({"expression", "delegateExpression", "sourceExpression"})
"""What Camunda 7 computes: between `${` and `}`."""

NAMED: Final = frozenset(
    {
        "loopCharacteristics/inputElement",
        "loopCharacteristics/outputCollection",
        "calledDecision/resultVariable",
        "script/resultVariable",
    }
)
"""What names a variable of Camunda 8."""

WORKED: Final = (m.ServiceTask, m.SendTask)
AWAITING: Final = (m.ReceiveTask, m.IntermediateCatchEvent, m.BoundaryEvent)
DEFAULTS: Final = {
    "long": re.compile(r"[+-]?\d+|.*[$#]\{.*"),
    "boolean": re.compile(r"true|false|.*[$#]\{.*"),
    "date": re.compile(r".*\d.*|.*[$#]\{.*"),
}
"""By the type of a field of a form in Camunda 7: how its default is written."""

REFUSED: Final = ("long", "date")
"""The types of fields that the gate asks for their defaults itself, where a process begins."""

BRACES: Final = re.compile(r"[$#]\{")
LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?)?")
CRON_FIELD: Final = re.compile(r"[\d*?/,#LW-]+|[A-Z]{3}([-,][A-Z]{3})*")
MOSTLY: Final = 3
"""How many times as many words of one engine there are as of others, where it is meant."""

SLIP: Final = 0.9
"""How much alike namespaces are of which one is meant for the other."""


def demands(definitions: m.Definitions, engine: str) -> Iterator[Finding]:
    """Find what vendors' own engines would miss, each at its own line.

    Args:
        definitions: the file.
        engine: the one that it is drawn for.
    """
    told: set[str] = set()
    found = list(owned(definitions))
    for element, owner in found:
        for said in words_on(element):
            yield from _said(said, element, owner)
            yield from _crossed(said, element, owner, engine)
        yield from _namespaces(element, owner, told, definitions)
        yield from _topic(element)
        yield from _cron(element, owner, engine)
        yield from _local(element, owner, engine)
    if engine == EIGHT:
        yield from _works([element for element, _ in found])
        yield from _keys([element for element, _ in found])


def drawn_for(definitions: m.Definitions) -> str:
    """Tell for which engine a file is drawn: its modeler says, or else its words.

    It is "" for none, and for one that has words of two engines side by side.
    """
    platform = platform_of(definitions) or ""
    if platform in PLATFORMS:
        return PLATFORMS[platform]
    words = (said.dialect.name for one, _ in walk(definitions) for said in words_on(one))
    met = Counter(name for name in words if name in ENGINES)
    return next((name for name in met if met[name] >= MOSTLY * (met.total() - met[name])), "")


def _crossed(
    said: VendorWord, element: m.Element, owner: m.Element, engine: str
) -> Iterator[Finding]:
    """A word that does something in one engine, in a file that is drawn for the other."""
    row = said.dialect.find(said.name, element)
    if said.dialect.name not in ENGINES or engine in ("", said.dialect.name) or row is None:
        return
    if row.verdict in (Verdict.RUNS, Verdict.MAPPED):
        place = getattr(said.word, "place", element.place)
        what = f"{said.spelled} does nothing in {ENGINES[engine]}, for which the file is drawn"
        remedy = f"say it in words of {ENGINES[engine]}, or remove it"
        yield doubt(CROSSED, owner, place, what, remedy)


def _cron(element: m.Element, owner: m.Element, engine: str) -> Iterator[Finding]:
    """Times as Unix writes them, while those of Camunda begin with seconds; days that are none."""
    cycle = element.time_cycle if isinstance(element, m.TimerEventDefinition) else None
    if cycle is None or not engine:
        return
    text, fields = cycle.body.strip(), cycle.body.split()
    if not all(CRON_FIELD.fullmatch(field) for field in fields):
        return
    what, remedy = "", "write 0 before it"
    if len(fields) == 5:
        what = f"its time cycle {text!r} has 5 fields, but in Camunda seconds are first"
    elif engine == SEVEN and fields[3:6:2] == ["?", "?"]:
        what, remedy = f"its time cycle {text!r} says no day: both are ?", "write * for one of them"
    if what:
        yield doubt(NO_CHOICE, owner, cycle.place, what, remedy)


def _local(element: m.Element, owner: m.Element, engine: str) -> Iterator[Finding]:
    """Dates without a zone, for which Camunda 8 raises an incident."""
    date = element.time_date if isinstance(element, m.TimerEventDefinition) else None
    if engine == EIGHT and date is not None and LOCAL.fullmatch(date.body.strip()):
        what = f"its date {date.body.strip()!r} has no time zone, which Camunda 8 demands"
        yield doubt(LACKING, owner, date.place, what, "write Z behind it, or an offset as +01:00")


def _said(said: VendorWord, element: m.Element, owner: m.Element) -> Iterator[Finding]:
    """What one word and the words inside it lack."""
    for word in elements_of(said):
        yield from _lacking(said.dialect.name, word, owner)
        yield from _values(said.dialect.name, word, owner)
        yield from _fields(word, owner)
    for one in sayings(said, element, owner):
        yield from _chosen(one)
        yield from _braced(one) if one.dialect == SEVEN else _computed(one)


def _lacking(dialect: str, word: m.ForeignElement, owner: m.Element) -> Iterator[Finding]:
    for names in DEMANDED.get((dialect, word.name), ()):
        if not any(_says(word, name) for name in names):
            what = f"{spelled(word.prefix, word.name)} has no {listed(names, 'or')}"
            yield doubt(LACKING, owner, word.place, what, f"give it {with_article(names[0])}")
    pair = TOGETHER.get((dialect, word.name), ())
    lacking = [name for name in pair if not _says(word, name)]
    if lacking and lacking != [*pair]:
        other = next(name for name in pair if name not in lacking)
        what = f"{spelled(word.prefix, word.name)} has {other}, but no {lacking[0]}"
        yield doubt(LACKING, owner, word.place, what, "give it both, or none")


def _says(word: m.ForeignElement, name: str) -> bool:
    """Whether a word has an attribute that says something, or an element of this name."""
    said = (word.attribute(name) or "").strip()
    return bool(said) or any(child.name == name for child in word.children)


def _computed(one: Saying) -> Iterator[Finding]:
    """What Camunda 8 computes and what is a text, and names of variables."""
    around, slash, name = one.name.rpartition("/")
    if one.dialect != EIGHT or not slash:
        return
    text, told = one.value.strip(), f"the text {one.value!r}, for want of"
    plainly = one.name in COMPUTED and text and text[0] != "="
    if plainly or (one.name in GROUPED and text.startswith("[")):
        yield one.doubt(A_TEXT, f"{told} =")
    if one.name in NAMED and text and not text.isidentifier():
        what = f"{one.value!r}, which is no name of a variable"
        yield one.doubt(NO_CHOICE, what, "use letters, digits and _")
    if around not in PLAIN and not name.startswith("modeler") and BRACES.search(text):
        yield one.doubt(A_TEXT, f"{told} FEEL behind =", "write it in FEEL")


def _braced(one: Saying) -> Iterator[Finding]:
    """An expression of Camunda 7 without its braces, or in FEEL, which is a text."""
    text = one.value.strip()
    lost = one.attribute in BRACED and text and not BRACES.search(text)
    if lost or text.startswith("="):
        what = f"the text {one.value!r}, for want of ${{...}}"
        yield one.doubt(A_TEXT, what, f"write ${{{text.lstrip('= ')}}}")


def _chosen(one: Saying) -> Iterator[Finding]:
    known = CHOICES.get((one.dialect, one.name))
    if known and one.value not in known:
        remedy = suggest(one.value, known, f"write {listed(known, 'or')}")
        yield one.doubt(NO_CHOICE, repr(one.value), remedy)


def _fields(form: m.ForeignElement, owner: m.Element) -> Iterator[Finding]:
    """Fields of one form, or values of one field, that have one id."""
    seen: Counter[str] = Counter()
    for field in form.children:
        name = field.attribute("id") if field.name in PARTS_OF_FORMS else None
        seen[name or ""] += 1
        if name and seen[name] == 2:
            what = f"two {PARTS_OF_FORMS[field.name]} have the id {name!r}"
            yield doubt(TWO_FIELDS, owner, field.place, what)


def _values(dialect: str, field: m.ForeignElement, owner: m.Element) -> Iterator[Finding]:
    """A choice of a form without choices, a default that is none of its type."""
    if (dialect, field.name) != (SEVEN, "formField"):
        return
    kind, default = field.attribute("type") or "", (field.attribute("defaultValue") or "").strip()
    choices = [child.attribute("id") for child in field.children if child.name == "value"]
    if kind == "enum" and not choices:
        what = f"{spelled(field.prefix, field.name)} is an enum without values"
        yield doubt(LACKING, owner, field.place, what, "give it the values to choose from")
    refused = isinstance(owner, m.StartEvent) and kind in REFUSED
    form = None if refused else DEFAULTS.get(kind)
    chosen = kind != "enum" or not choices or default in choices or BRACES.search(default)
    if default and (not chosen or (form and not form.fullmatch(default))):
        what = f"the default {default!r} is no {kind}"
        yield doubt(NO_CHOICE, owner, field.place, what, "correct it")


def _topic(element: m.Element) -> Iterator[Finding]:
    """Work that is done outside of Camunda 7 is asked for by a topic."""
    words = {said.name: said.value for said in words_on(element) if said.dialect.name == SEVEN}
    if words.get("@type") == "external" and not words.get("@topic"):
        what = "it is external, but has no topic"
        yield doubt(LACKING, element, element.place, what, "give it a camunda:topic")


def _works(elements: Iterable[m.Element]) -> Iterator[Finding]:
    """A service task of Camunda 8 says what works for it, as others of its file do."""
    tasks = [element for element in elements if isinstance(element, WORKED)]
    names = {id(task): {word.name for word in task.extension_elements} for task in tasks}
    if not any("taskDefinition" in found for found in names.values()):
        return
    for task in tasks:
        if "taskDefinition" not in names[id(task)]:
            what = "it has no zeebe:taskDefinition, as others of its file have"
            yield doubt(LACKING, task, task.place, what, "give it one, with its type")


def _keys(elements: Iterable[m.Element]) -> Iterator[Finding]:
    """What waits for a message in Camunda 8 does so for the one with its key."""
    messages = {one.id: one for one in elements if isinstance(one, m.Message)}
    awaited = {
        reference
        for element in elements
        if isinstance(element, AWAITING)
        for part in (element, *getattr(element, "event_definitions", ()))
        if (reference := getattr(part, "message_ref", None))
    }
    for name in sorted(awaited & {*messages}):
        message = messages[name]
        if not any(word.name == "subscription" for word in message.extension_elements):
            what = "it is awaited, but has no zeebe:subscription with a correlation key"
            yield doubt(LACKING, message, message.place, what, "give it one")


def _namespaces(
    element: m.Element, owner: m.Element, told: set[str], root: m.Definitions
) -> Iterator[Finding]:
    """Each namespace that is nearly a known one, where the root declares it, or is used first."""
    declared = {namespace for _, namespace in root.namespaces.bindings}
    used = [*element.extension_attributes, *getattr(element, "extension_elements", ())]
    for word in used:
        if word.namespace in told or word.namespace in VENDORS:
            continue
        told.add(word.namespace)
        ours = f"did you mean {BX!r}?" if is_nearly_ours(word.namespace) else ""
        if remedy := ours or suggest(word.namespace, VENDORS, alike=SLIP):
            what = f"nothing is known of the namespace {word.namespace!r}, so its words do nothing"
            if word.namespace in declared:
                yield doubt(NO_VENDOR, root, root.place, what, remedy)
            else:
                yield doubt(NO_VENDOR, owner, getattr(word, "place", owner.place), what, remedy)
