"""The elements of a decision model, out of the tree: decisions, functions, types (6.3, 7.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bpmn_xml.decisions import values as v
from bpmn_xml.formats import codes
from bpmn_xml.formats.dmn.logic import function, logic_in, optional_text
from bpmn_xml.formats.dmn.tree import Tree, below, child, name_in, type_in
from bpmn_xml.model import ForeignElement
from bpmn_xml.wording import quoted

REQUIREMENTS: Final = ("informationRequirement", "knowledgeRequirement")


def model_of(root: ForeignElement, tree: Tree) -> v.DecisionModel:
    """Return the model that `definitions` is."""
    elements = tuple(ELEMENTS[one.name](one, tree) for one in below(root, *ELEMENTS))
    check_ids(root, tree)
    return v.DecisionModel(
        id=root.attribute("id") or "",
        name=name_in(root),
        namespace=root.attribute("namespace") or "",
        language=root.attribute("expressionLanguage") or "",
        imports=tuple(import_of(one) for one in below(root, "import")),
        types=tuple(type_of(one, tree) for one in below(root, "itemDefinition")),
        elements=elements,
        place=root.place,
    )


def check_ids(root: ForeignElement, tree: Tree) -> None:
    """See that no two elements have the same id: a reference could mean either."""
    known: set[str] = set()
    for element in below(root, *ELEMENTS):
        id_ = element.attribute("id") or ""
        if id_ and id_ in known:
            tree.fault(codes.AMBIGUOUS, element, f"a second element has the id {quoted(id_)}")
        known.add(id_)


def import_of(element: ForeignElement) -> v.DecisionImport:
    """Read an import."""
    return v.DecisionImport(
        name=name_in(element),
        namespace=element.attribute("namespace") or "",
        location=element.attribute("locationURI") or "",
        place=element.place,
    )


def type_of(element: ForeignElement, tree: Tree) -> v.ItemType:
    """Read an item definition or a component of one."""
    item = child(element, "functionItem")
    parts = below(element, "itemComponent")
    found = tuple(type_of(part, tree) for part in parts)
    if item is not None:
        parameters = tuple(
            v.ItemType(name=name_in(one), type=type_in(one)) for one in below(item, "parameters")
        )
        result = v.ItemType(name="", type=item.attribute("outputTypeRef") or "")
        found = (*parameters, result)
    return v.ItemType(
        name=name_in(element),
        type=type_in(element),
        many=element.attribute("isCollection") == "true",
        parts=found,
        function=item is not None,
        allowed=optional_text(element, "allowedValues"),
        constraint=optional_text(element, "typeConstraint"),
        place=element.place,
    )


def common(element: ForeignElement) -> dict[str, Any]:
    """Return what all elements have: the variable's name counts where there is one."""
    variable = child(element, "variable")
    label = name_in(element)
    name = (name_in(variable) if variable else "") or label or element.attribute("id") or ""
    return {
        "id": element.attribute("id") or name,
        "name": name,
        "label": label or name,
        "type": type_in(variable) if variable else "",
        "place": element.place,
    }


def requirement(element: ForeignElement, tree: Tree) -> v.Requirement:
    """Read a reference: `#id`, or `namespace#id`."""
    namespace, sharp, id_ = (element.attribute("href") or "").strip().rpartition("#")
    if not sharp or not id_:
        message = f"<{element.name}> refers to nothing: href must be #id or namespace#id"
        tree.fault(codes.WRONG_VALUE, element, message)
    return v.Requirement(id_, namespace, element.place)


def requirements(element: ForeignElement, tree: Tree) -> Iterator[v.Requirement]:
    """Yield what an element needs."""
    for requiring in below(element, *REQUIREMENTS):
        for reference in requiring.children:
            if reference.name.startswith("required"):
                yield requirement(reference, tree)


def decision(element: ForeignElement, tree: Tree) -> v.DrgElement:
    """Read a decision."""
    return v.Decision(
        **common(element),
        logic=logic_in(element, tree),
        requires=tuple(requirements(element, tree)),
    )


def knowledge(element: ForeignElement, tree: Tree) -> v.DrgElement:
    """Read a business knowledge model."""
    logic = child(element, "encapsulatedLogic")
    return v.BusinessKnowledge(
        **common(element),
        logic=function(logic, tree) if logic else None,
        requires=tuple(requirements(element, tree)),
    )


def service(element: ForeignElement, tree: Tree) -> v.DrgElement:
    """Read a decision service; its arguments are the input data, then the input decisions."""
    outputs, data, decisions = (
        tuple(requirement(one, tree) for one in below(element, name))
        for name in ("outputDecision", "inputData", "inputDecision")
    )
    return v.DecisionService(**common(element), outputs=outputs, inputs=(*data, *decisions))


ELEMENTS: Final[Mapping[str, Callable[[Any, Tree], v.DrgElement]]] = {
    "decision": decision,
    "inputData": lambda element, _: v.InputData(**common(element)),
    "businessKnowledgeModel": knowledge,
    "decisionService": service,
}
