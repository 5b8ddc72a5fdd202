"""Mend what can be mended in one obvious way, and leave everything else of a document as it stands.

Sequence flows are listed at both of their ends, namespaces that nothing uses are no longer
declared, and what has no drawing gets one. Comments, order and indentation stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from bpmn_xml.formats.bpmn.vocabulary import BY_CLASS
from bpmn_xml.formats.files import write_bytes
from bpmn_xml.formats.inspection import Inspection
from bpmn_xml.formats.registry import inspect, write
from bpmn_xml.formats.xml.namespaces import MODEL, NAMESPACES
from bpmn_xml.layout import with_drawing
from bpmn_xml.model import FlowNode

NODES: Final = frozenset(
    f"{{{MODEL}}}{row.tag}" for cls, row in BY_CLASS.items() if issubclass(cls, FlowNode)
)
BEFORE: Final = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
"""What stands before the lists of flows in a node."""

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
EMPTY: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|(<[^<>!?/][^<>]*?)(\s*)/>", re.DOTALL)
"""An empty element; comments and texts, in which none is, are found as such."""

LISTS: Final = (("incoming", "targetRef"), ("outgoing", "sourceRef"))
DIAGRAM: Final = f"{{{NAMESPACES['bpmndi']}}}BPMNDiagram"
RELATIONSHIP: Final = f"{{{MODEL}}}relationship"
QUALIFIED: Final = re.compile(r"([\w.-]+):[\w.-]")

Mend = Callable[[Any, Inspection], str]
"""Mend a tree; what was done, "" where there was nothing to do."""


def mend_file(path: str) -> tuple[str, ...]:
    """Mend a file in its place, whole or not at all, and return what was done.

    Raises:
        UsageError: its format is unknown.
        StoreError: it cannot be read or written.
    """
    data, done = mend(inspect(path))
    if done:
        write_bytes(Path(path), data)
    return done


def mend(inspection: Inspection) -> tuple[bytes, tuple[str, ...]]:
    """Mend a file.

    Args:
        inspection: the file; one in which nothing can be read stays as it is.

    Returns:
        The document in UTF-8, and what was done, which is nothing where it need not be written.
    """
    if inspection.definitions is None or not inspection.text:
        return inspection.text, ()
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    root = etree.fromstring(inspection.text, parser)
    done = tuple(filter(None, [one(root, inspection) for one in MENDS]))
    if not done:
        return inspection.text, ()
    data: bytes = etree.tostring(root.getroottree(), encoding="UTF-8")
    return DECLARATION + _spaced(data.rstrip(), like=inspection.text) + b"\n", done


def _spaced(data: bytes, *, like: bytes) -> bytes:
    """Close the tags of empty elements with a space before, as `<a />`, where they were before.

    >>> _spaced(b'<r><a n="1?"/><b/><!-- <a n="1"/> --></r>', like=b'<r><a n="1?" /></r>')
    b'<r><a n="1?" /><b/><!-- <a n="1"/> --></r>'
    """
    wide = {tag for tag, space in EMPTY.findall(like) if space}
    return EMPTY.sub(lambda tag: tag[1] + b" />" if tag[1] in wide else tag[0], data)


def list_flows(root: Any, _: Inspection) -> str:
    """List every sequence flow at both of its ends, and nowhere else."""
    nodes = [one for one in root.iter(*NODES) if one.get("id")]
    flows = [one for one in root.iter(f"{{{MODEL}}}sequenceFlow") if one.get("id")]
    same = Counter(one.get("id") for one in (*nodes, *flows))
    known = {one.get("id"): one for one in flows if same[one.get("id")] == 1}
    at: dict[tuple[str, str], list[str]] = {}
    for name, flow in known.items():
        for word, end in LISTS:
            at.setdefault((word, flow.get(end)), []).append(name)
    changed = Counter[str]()
    for node in nodes:
        for word, _end in LISTS if same[node.get("id")] == 1 else ():
            changed += _relist(node, word, known, at.get((word, node.get("id")), []))
    said = {"listed": "listed {} ends of sequence flows", "removed": "removed {} wrong ones"}
    return ", ".join(said[done].format(changed[done]) for done in said if changed[done])


def _relist(node: Any, word: str, known: dict[str, Any], leads: list[str]) -> Counter[str]:
    """Correct one list of a node: known flows that lead there are in it, others are not."""
    listed = {_local(one.text): one for one in node.findall(f"{{{MODEL}}}{word}")}
    missing = [name for name in leads if name not in listed]
    wrong = [name for name in listed if name in known and name not in leads]
    for name in missing:
        _insert(node, _place(node, word), word, name)
    for name in wrong:
        _remove(listed[name])
    return Counter(listed=len(missing), removed=len(wrong))


def _local(text: str | None) -> str:
    return (text or "").strip().rpartition(":")[2]


def _place(node: Any, word: str) -> int:
    """The place in a node at which a further flow is listed."""
    ahead = {f"{{{MODEL}}}{name}" for name in (*BEFORE, "incoming", word)}
    return 1 + max((at for at, child in enumerate(node) if child.tag in ahead), default=-1)


def _insert(node: Any, at: int, word: str, text: str) -> None:
    """Put an element into a node, indented as what stands beside it."""
    element = node.makeelement(f"{{{MODEL}}}{word}", nsmap=node.nsmap)
    element.text = f"{node.prefix}:{text}" if _is_qualified(node) else text
    if len(node):
        inner, last = node.text, at == len(node)
        element.tail = node[-1].tail if last else inner
        if last:
            node[-1].tail = inner
    else:
        before = node.getprevious()
        own = (before.tail if before is not None else node.getparent().text) or ""
        own = own if not own.strip() else ""
        node.text, element.tail = f"{own}  " if own else None, own or None
    node.insert(at, element)


def _is_qualified(node: Any) -> bool:
    """Whether the lists of a node name flows with the prefix of the model."""
    return any(
        (one.text or "").strip().startswith(f"{node.prefix}:")
        for word, _ in LISTS
        for one in node.findall(f"{{{MODEL}}}{word}")
    )


def _remove(element: Any) -> None:
    """Take an element out, and the white space that indents it."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = element.tail
    elif len(parent) > 1:
        pass  # what follows is indented by the text before
    else:
        parent.text = None
    parent.remove(element)


def draw(root: Any, inspection: Inspection) -> str:
    """Give a file without a drawing one."""
    definitions = inspection.definitions
    if definitions is None or not definitions.root_elements:
        return ""
    drawn, _ = with_drawing(definitions)
    if drawn is definitions or not any(one.plane.elements for one in drawn.diagrams):
        return ""
    for old in root.findall(DIAGRAM):
        _remove(old)
    at = next((at for at, one in enumerate(root) if one.tag == RELATIONSHIP), len(root))
    for diagram in reversed(etree.fromstring(write(drawn)).findall(DIAGRAM)):
        if len(root):
            diagram.tail = root[-1].tail if at == len(root) else root.text
            root[at - 1].tail = root.text
        root.insert(at, diagram)
    return "drew it"


def forget_namespaces(root: Any, _: Inspection) -> str:
    """Declare no namespace that nothing uses."""
    declared = set(root.nsmap)
    used = {"xsi", *(prefix for text in _texts(root) for prefix in QUALIFIED.findall(text))}
    etree.cleanup_namespaces(root, keep_ns_prefixes=[one for one in used if one in declared])
    gone = sorted(one for one in declared - set(root.nsmap) if one)
    return f"removed the unused namespaces {', '.join(gone)}" if gone else ""


def _texts(root: Any) -> Iterator[str]:
    """Every text and value in which a prefix may stand."""
    for element in root.iter():
        yield element.text or ""
        if isinstance(element.tag, str):
            yield from element.attrib.values()


MENDS: Final[tuple[Mend, ...]] = (list_flows, draw, forget_namespaces)
"""What can be mended, in this order."""
