"""What boxed expressions ask for while they become functions: texts compiled, types, faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bpmn_xml import expressions
from bpmn_xml.codes import FindingDetails, finding
from bpmn_xml.decisions import codes
from bpmn_xml.decisions import values as v
from bpmn_xml.decisions.types import ANY, ModelTypes
from bpmn_xml.errors import ExpressionError, Finding, Place
from bpmn_xml.expressions.feel.scanner import is_ordinary
from bpmn_xml.expressions.feel.scopes import Frame
from bpmn_xml.expressions.missing import expected_names, expects_absence
from bpmn_xml.expressions.tree import Literal, Name, TypeName
from bpmn_xml.wording import quoted

FEEL: Final = "feel"
TESTS: Final = "feel-unary-tests"
NAMED: Final = (v.BoxedEntry, v.DrgElement, v.ItemType, v.TableOutput)


class Maker:
    """Compiles the texts of one model, and collects what is wrong with them.

    Attributes:
        owner: the name of the element under way, for reports.
        read: how many texts have been read.
        names: those of the model that are no plain words, which FEEL has to know.
        expected: the variables that may be missing, and the texts that may be null, as what asks
            for them knows what happens then.
    """

    def __init__(self, model: v.DecisionModel, imported: Mapping[str, v.DecisionModel]) -> None:
        self.model, self.owner, self.id, self.read = model, "", "", 0
        self.findings: list[Finding] = []
        self.faulty: set[str] = set()
        self.expected: set[str] = set()
        self.texts: dict[tuple[str, str], expressions.Compiled] = {}
        models = {"": model, **imported}
        items = {
            f"{prefix}.{item.name}" if prefix else item.name: item
            for prefix, each in models.items()
            for item in each.types
        }
        names = dict.fromkeys(name for one in models.values() for name in names_in(one))
        self.names = tuple(name for name in names if not is_ordinary(name))
        self.kinds = ModelTypes(items, self.allows)
        self.types: Mapping[str, TypeName] = {}
        self.types = self.kinds.table()

    def begin(self, element: v.DrgElement) -> None:
        """Say whose expressions come next."""
        self.owner, self.id = element.label or element.name, element.id

    def fault(self, code: str, message: str, place: Place, remedy: str) -> None:
        """Note what is wrong with the element under way, which cannot be evaluated then."""
        self.faulty.add(self.id)
        about = FindingDetails(place=place, id=self.id, name=self.owner)
        self.findings.append(finding(code, message, remedy, **about))

    def expression(self, text: v.BoxedText) -> Callable[[Any], Any]:
        """Compile a text, in the language that it names, else in that of its model."""
        if not text.text:
            return lambda _scope: None
        return self.compiled(text, self.language(text))

    def tests(self, text: v.BoxedText) -> Callable[[Any], Any]:
        """Compile the tests of a cell."""
        language = self.language(text)
        return self.compiled(text, TESTS if language == FEEL else language)

    def language(self, text: v.BoxedText) -> str:
        """Return the language of a text: what it says itself, else that of its model."""
        self.read += 1
        return expressions.language_of(text.text, text.language, self.model.language or FEEL)

    def expect(self, found: v.BoxedExpression | None) -> None:
        """Let the variables that a text asks for be missing, and the text be null."""
        if isinstance(found, v.BoxedText):
            known = self.texts.get((found.text, self.language(found)))
            self.expected.update((*known.names, found.text) if known else ())

    def explained(self, text: v.BoxedText) -> expressions.Compiled | None:
        """Return what can say why a text was null; None where only a variable can be why."""
        known = self.texts.get((text.text, self.language(text)))
        if known is None or isinstance(known.tree, Name | Literal) or expects_absence(known.tree):
            return None
        return known

    def cell(self, text: v.BoxedText) -> expressions.Compiled | None:
        """Return the compiled tests of a cell; None of one that is empty or cannot be read."""
        return self.texts.get((text.text, TESTS))

    def compiled(self, text: v.BoxedText, language: str) -> Callable[[Any], Any]:
        """Compile a text; a fault is noted, and what cannot be read is null.

        Tables say the same again and again: each text is compiled once.
        """
        known = self.texts.get((text.text, language))
        if known is not None:
            return known.evaluate
        try:
            compiled = expressions.compile(text.text, language, names=self.names, types=self.types)
        except ExpressionError as error:
            near = text.text[error.offset : error.offset + 20].split("\n")[0]
            message = f"{error} (at {near!r})" if near else str(error)
            self.fault(codes.EXPRESSION, message, text.place, "correct the expression")
            return lambda _scope: None
        self.texts[text.text, language] = compiled
        self.expected.update(expected_names(compiled.tree))
        return compiled.evaluate

    def type(self, name: str, place: Place) -> TypeName:
        """Return the type of a name."""
        found = self.kinds.named(name)
        if found is None:
            known = ", ".join(self.kinds.items) or "none"
            message = f"there is no type {quoted(name)} (defined: {known[:200]})"
            self.fault(codes.TYPE, message, place, "correct the name")
        return found or ANY

    def allowed(self, type_: str) -> v.BoxedText | None:
        """Return the values that a type allows, as its author wrote them."""
        item = self.kinds.items.get(type_)
        return item.allowed if item else None

    def allows(self, text: v.BoxedText) -> Callable[[Any], bool]:
        """Return the test of the values that a type allows."""
        test = self.tests(text)

        def allows(value: Any) -> bool:
            frame = Frame({})
            frame["?"] = value
            return test(frame) is True

        return allows


def names_in(part: Any) -> Iterator[str]:
    """Yield the names of a model and of all that is in it, which may have signs in them."""
    waiting = [part]
    while waiting:
        found = waiting.pop()
        if isinstance(found, tuple):
            waiting += found
            continue
        if isinstance(found, NAMED):
            yield found.name
        if isinstance(found, v.BoxedRelation):
            yield from found.columns
        if isinstance(found, v.BoxedLoop):
            yield found.variable
        if isinstance(found, PARTS):
            waiting += [getattr(found, name) for name in found.__struct_fields__]


PARTS: Final = (v.DecisionModel, v.BoxedExpression, v.TableInput, v.TableRule, *NAMED)
