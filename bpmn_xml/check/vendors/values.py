"""What vendors' words say: in the form that their own engine reads, once, and without conflict.

A flag that is yes, two mappings to one variable, a topic with a blank behind it: a file that says
so can be read, and is not what was meant. Each rule is a row of a table; all are doubts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.vendors.connectors import headers
from bpmn_xml.check.vendors.demands import EIGHT, LACKING, NO_CHOICE, SEVEN
from bpmn_xml.check.vendors.sayings import Saying, doubt, elements_of, sayings
from bpmn_xml.compiler.dialects.read import VENDORS, VendorWord, spelled, words_on
from bpmn_xml.compiler.elements.people.forms import HOLDERS, KINDS, SHOWN, components_of
from bpmn_xml.compiler.engine_rules import ENGINES, PLATFORMS
from bpmn_xml.compiler.words import with_article
from bpmn_xml.errors import Finding
from bpmn_xml.expressions.feel.scanner import KEYWORDS
from bpmn_xml.model.vendors import platform_of
from bpmn_xml.model.walk import owned
from bpmn_xml.wording import listed, quoted, suggest

SAID_TWICE: Final = "BX738"
BLANK: Final = "BX739"


FORMED: Final = "(embedded|camunda-forms):"
COMPUTED: Final = r".*[$#]\{.*"
FORMS: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    "flag": (re.compile(rf"true|false|{COMPUTED}"), "write true or false"),
    "name": (re.compile(rf"[^\W\d]\w*|{COMPUTED}"), "write a name: letters, digits and _"),
    "number": (re.compile(rf"[+-]?\d+|{COMPUTED}"), "write a whole number"),
    "all": (re.compile("all"), "write all"),
    "one": (re.compile(rf"[^,;]*|{COMPUTED}|=.*", re.DOTALL), "write one, or several candidates"),
    "word": (re.compile(rf"\S+|{COMPUTED}"), "write it without blanks"),
    "place": (
        re.compile(
            rf"(embedded|camunda-forms):(app|deployment|engine|contextpath):.+|(?!{FORMED}).*"
        ),
        "say where it is: app: or deployment: before the name",
    ),
    "listed": (re.compile(rf"\S+|\[.*|{COMPUTED}", re.DOTALL), "write the name of a variable"),
    "percent": (re.compile(r"100|\d{1,2}|=.*", re.DOTALL), "write a number from 0 to 100"),
    "zoned": (
        re.compile(r".*T.*(Z|[+-]\d\d:?\d\d|\])|=.*", re.DOTALL),
        "write a date and time with a zone, as in 2026-01-31T09:00:00Z",
    ),
    "target": (
        re.compile(rf"(?!({'|'.join(sorted(KEYWORDS))})(\.|$)).*", re.DOTALL),
        "write another name: no expression can read this one, which is a word of FEEL",
    ),
    "count": (
        re.compile(r"0*[1-9]\d*|=.*", re.DOTALL),
        "write how many attempts, 1 at least, or an expression behind =: with none it is not begun",
    ),
    "days": (re.compile(rf"\d*|P\d+D|{COMPUTED}"), "write a number of days, as in P30D"),
    "something": (re.compile(r".*\S.*", re.DOTALL), "write a value, or remove it"),
}
"""Forms of values by their name, with what to do about one that has none."""

VALUES: Final[Mapping[tuple[str, str], str]] = {
    (SEVEN, "async"): "flag",
    (SEVEN, "asyncBefore"): "flag",
    (SEVEN, "asyncAfter"): "flag",
    (SEVEN, "exclusive"): "flag",
    (SEVEN, "isStartableInTasklist"): "flag",
    (SEVEN, "historyTimeToLive"): "days",
    (SEVEN, "calledElementVersion"): "number",
    (SEVEN, "decisionRefVersion"): "number",
    (SEVEN, "formRefVersion"): "number",
    (SEVEN, "taskPriority"): "number",
    (SEVEN, "jobPriority"): "number",
    (SEVEN, "resultVariable"): "name",
    (SEVEN, "collection"): "listed",
    (SEVEN, "elementVariable"): "name",
    (SEVEN, "initiator"): "name",
    (SEVEN, "errorCodeVariable"): "name",
    (SEVEN, "errorMessageVariable"): "name",
    (SEVEN, "escalationCodeVariable"): "name",
    (SEVEN, "assignee"): "one",
    (SEVEN, "formKey"): "place",
    (SEVEN, "formField/id"): "word",
    (SEVEN, "in/variables"): "all",
    (SEVEN, "out/variables"): "all",
    (SEVEN, "in/local"): "flag",
    (SEVEN, "out/local"): "flag",
    (EIGHT, "assignmentDefinition/assignee"): "one",
    (EIGHT, "input/target"): "target",
    (EIGHT, "output/target"): "target",
    (EIGHT, "priorityDefinition/priority"): "percent",
    (EIGHT, "taskDefinition/retries"): "count",
    (EIGHT, "taskSchedule/dueDate"): "zoned",
    (EIGHT, "taskSchedule/followUpDate"): "zoned",
    (EIGHT, "calledElement/versionTag"): "something",
}
"""By dialect and attribute, one of BPMN's elements or `of a vendor's/`: the form of its value."""

KEYS: Final[Mapping[tuple[str, str], str]] = {
    (SEVEN, "inputParameter"): "name",
    (SEVEN, "outputParameter"): "name",
    (SEVEN, "entry"): "key",
    (SEVEN, "in"): "target",
    (SEVEN, "out"): "target",
    (SEVEN, "field"): "name",
    (EIGHT, "input"): "target",
    (EIGHT, "output"): "target",
    (EIGHT, "header"): "key",
}
"""By dialect and element: the attribute that tells several of them apart."""

SINGLE: Final[Mapping[str, frozenset[str]]] = {
    SEVEN: frozenset({"inputOutput", "connector", "formData", "failedJobRetryTimeCycle"}),
    EIGHT: frozenset(
        {
            "taskDefinition",
            "taskHeaders",
            "taskSchedule",
            "ioMapping",
            "calledElement",
            "calledDecision",
            "script",
            "formDefinition",
            "userTask",
            "assignmentDefinition",
            "priorityDefinition",
            "loopCharacteristics",
            "subscription",
            "versionTag",
        }
    ),
}
"""By dialect: elements of which an element has one at most."""

INSTEAD: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    SEVEN: (frozenset({"@formKey", "@formRef", "formData"}),),
    EIGHT: (
        frozenset({"taskDefinition", "script"}),
        frozenset({"taskDefinition", "calledDecision"}),
        frozenset({"taskDefinition", "userTask"}),
    ),
}
"""By dialect: words of which an element has one, not several."""

CALLED: Final = frozenset({"class", "delegateExpression", "expression"})
INSTEAD_INSIDE: Final = {
    (SEVEN, "executionListener"): CALLED,
    (SEVEN, "taskListener"): CALLED,
    (EIGHT, "formDefinition"): frozenset({"formId", "formKey", "externalReference"}),
    (SEVEN, "in"): frozenset({"source", "sourceExpression"}),
    (SEVEN, "out"): frozenset({"source", "sourceExpression"}),
}
"""By dialect and element: attributes of which it has one, not several."""

VERSIONS: Final = {"version": "Version", "versionTag": "VersionTag"}
"""By what a binding of Camunda 7 says: how the attribute ends that it needs."""

RESULTS: Final = frozenset({"@expression", "@decisionRef"})
"""What gives the result of a service task of Camunda 7, but for its connector."""

NAMING: Final = frozenset(
    {
        "calledElementVersionTag",
        "class",
        "correlationKey",
        "decisionId",
        "decisionRef",
        "delegateExpression",
        "elementVariable",
        "formId",
        "formKey",
        "formRef",
        "inputElement",
        "key",
        "name",
        "outputCollection",
        "processId",
        "resultVariable",
        "target",
        "topic",
        "type",
        "versionTag",
    }
)
"""Attributes of vendors that name something: as a text, so that each blank counts."""

CODES: Final = {
    "error_code": "errorCode",
    "escalation_code": "escalationCode",
}
"""What tells errors and escalations apart, as the model and as files call it."""

COMPONENTS: Final = KINDS.keys() | HOLDERS.keys() | SHOWN
"""The types of a form's components."""

RELEASES: Final = {"Camunda Platform": ("7",), "Camunda Cloud": ("8", "1")}
"""The first numbers of an engine's versions."""


def values(definitions: m.Definitions) -> Iterator[Finding]:
    """Find what vendors' words say in no form that their engine reads, twice, or with blanks."""
    yield from _platform(definitions)
    for element, owner in owned(definitions):
        words = list(words_on(element))
        for said in words:
            yield from _said(said, element, owner)
        yield from _blanks_of(element, owner)
        yield from _beside(element, owner, {(one.dialect.name, one.name): one for one in words})
        yield from _siblings(getattr(element, "extension_elements", ()), owner)
        yield from headers(getattr(element, "extension_elements", ()), owner)


def _form(word: m.ForeignElement, owner: m.Element) -> Iterator[Finding]:
    """The components of a form of Camunda 8 in its file; the gate says if it is none."""
    seen: Counter[str] = Counter()
    for component in components_of(word.text):
        kind, key = str(component.get("type", "")), str(component.get("key") or "")
        if kind not in COMPONENTS:
            what = f"a component of its form has the type {kind!r}, which is not known"
            mend = suggest(kind, COMPONENTS, "write one that is known")
            yield doubt(NO_CHOICE, owner, word.place, what, mend)
        if kind in KINDS and not key:
            what = f"a component of its form, a {kind}, has no key"
            yield doubt(LACKING, owner, word.place, what, "give it the name of a variable as key")
        seen[key] += 1
        if key and seen[key] == 2:
            what = f"two components of its form have the key {key!r}"
            yield doubt(SAID_TWICE, owner, word.place, what, "give each a key of its own")


def _platform(definitions: m.Definitions) -> Iterator[Finding]:
    """The engine that a modeler names, and its version."""
    named = platform_of(definitions)
    version = platform_of(definitions, "executionPlatformVersion") or ""
    if named is not None and named not in PLATFORMS:
        what = f"its executionPlatform is {quoted(named)}, which is none that is known"
        mend = suggest(named, PLATFORMS, f"write {listed([*PLATFORMS], 'or')}")
        yield doubt(NO_CHOICE, definitions, definitions.place, what, mend)
    elif named in RELEASES and version and version.partition(".")[0] not in RELEASES[named]:
        what = f"its executionPlatformVersion is {quoted(version)}, which {named} never had"
        yield doubt(NO_CHOICE, definitions, definitions.place, what, "correct one of them")


def _said(said: VendorWord, element: m.Element, owner: m.Element) -> Iterator[Finding]:
    """The values of one word, and of the words inside it."""
    for one in sayings(said, element, owner):
        yield from _value(one)
    for word in elements_of(said):
        yield from _inside(said.dialect.name, word, owner)
        yield from _form(word, owner) if word.name == "userTaskForm" else ()
        yield from _siblings(word.children, owner)


def _value(one: Saying) -> Iterator[Finding]:
    """One value: its form, and the blanks around it."""
    form = VALUES.get((one.dialect, one.name))
    if form and not FORMS[form][0].fullmatch(one.value.strip()):
        yield one.doubt(NO_CHOICE, repr(one.value), FORMS[form][1])
    elif one.dialect in ENGINES and one.attribute in NAMING and _has_blanks(one.value):
        yield _blank(one)


def _blanks_of(element: m.Element, owner: m.Element) -> Iterator[Finding]:
    """Codes of errors and escalations, names of messages and signals with blanks around them."""
    named = {"name": "its name"} if isinstance(element, m.Message | m.Signal) else CODES
    for field, written in named.items():
        value = getattr(element, field, None)
        if isinstance(value, str) and _has_blanks(value):
            yield _blank(Saying("", field, written, value, owner, element.place))


def _has_blanks(value: str) -> bool:
    return value != value.strip() and value.strip()[:2] not in ("${", "#{") and value[:1] != "="


def _blank(one: Saying) -> Finding:
    what = f"{one.value!r}, with a blank around it, and so another one"
    return one.doubt(BLANK, what, f"write {quoted(one.value.strip())}")


def _inside(dialect: str, word: m.ForeignElement, owner: m.Element) -> Iterator[Finding]:
    """Attributes of which one is enough, or that need another one."""
    written = spelled(word.prefix, word.name)
    known = {one.name: one.value for one in word.attributes if one.value.strip()}
    both = sorted(INSTEAD_INSIDE.get((dialect, word.name), frozenset()) & {*known})
    if len(both) > 1:
        what = f"{written} has {listed(both)}, of which one is heard"
        yield doubt(SAID_TWICE, owner, word.place, what)
    if dialect == EIGHT and known.get("bindingType") == "versionTag" and "versionTag" not in known:
        what = f"{written} is bound to a versionTag, but has none"
        yield doubt(LACKING, owner, word.place, what, "give it a versionTag")


def _siblings(words: Iterable[m.ForeignElement], owner: m.Element) -> Iterator[Finding]:
    """Words side by side that are for one thing."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for word in words:
        vendor = VENDORS.get(word.namespace)
        kind = (vendor.name if vendor else "", word.name)
        key = (word.attribute(KEYS[kind]) or "").strip() if kind in KEYS else ""
        if not key and word.name not in SINGLE.get(kind[0], ()):
            continue
        seen[*kind, key] += 1
        if seen[*kind, key] == 2:
            of = f" for {quoted(key)}" if key else ""
            what = f"it has {spelled(word.prefix, word.name)}{of} twice, of which one is heard"
            yield doubt(SAID_TWICE, owner, word.place, what)


def _beside(
    element: m.Element, owner: m.Element, words: Mapping[tuple[str, str], VendorWord]
) -> Iterator[Finding]:
    """Words on one element of which one is enough, or that need another one."""
    for dialect, groups in INSTEAD.items():
        for group in groups:
            both = [
                said.spelled
                for (of, name), said in words.items()
                if (of, name) in {(dialect, one) for one in group}
            ]
            if len(both) > 1:
                what = f"it has {listed(both)}, of which one is heard"
                yield doubt(SAID_TWICE, owner, element.place, what)
    called = isinstance(element, m.CallActivity) and element.called_element
    if called and (EIGHT, "calledElement") in words:
        what = f"it calls {called!r}, and by zeebe:calledElement another one, which is heard"
        yield doubt(SAID_TWICE, owner, element.place, what)
    own = {name: said for (dialect, name), said in words.items() if dialect == SEVEN}
    for name, said in own.items():
        end = VERSIONS.get(str(said.value)) if name.endswith("Binding") else None
        needed = f"{name.removesuffix('Binding')}{end}"
        if end and needed not in own:
            what = f"{said.spelled} is {said.value!r}, but it has no {needed[1:]}"
            yield doubt(LACKING, owner, element.place, what, f"give it {with_article(needed[1:])}")
    result = own.get("@resultVariable")
    if result and isinstance(element, m.ServiceTask) and not RESULTS & {*own}:
        what = f"{result.spelled} does nothing in Camunda 7: only an expression has a result"
        mend = "set the variable in the work itself, or write an expression"
        yield doubt(SAID_TWICE, owner, element.place, what, mend)
