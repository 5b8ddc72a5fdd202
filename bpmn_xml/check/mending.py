"""Mend what can be mended in one obvious way, and leave every other byte of a document as it is.

Sequence flows are listed at both of their ends, namespaces that nothing uses are no longer
declared, and what has no drawing gets one. Each mend is a list of patches of the text: comments,
order, indentation, line ends and the way in which tags are written stay.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from bpmn_xml.formats.bpmn.vocabulary import BY_CLASS
from bpmn_xml.formats.files import write_bytes
from bpmn_xml.formats.inspection import Inspection
from bpmn_xml.formats.registry import inspect, write
from bpmn_xml.formats.xml.encoding import DECLARATION
from bpmn_xml.formats.xml.namespaces import MODEL, NAMESPACES
from bpmn_xml.formats.xml.places import Extent, extents
from bpmn_xml.layout import with_drawing
from bpmn_xml.model import FlowNode

NODES: Final = frozenset(
    f"{{{MODEL}}}{row.tag}" for cls, row in BY_CLASS.items() if issubclass(cls, FlowNode)
)
BEFORE: Final = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
"""What stands before the lists of flows in a node."""

LISTS: Final = (("incoming", "targetRef"), ("outgoing", "sourceRef"))
DIAGRAM: Final = f"{{{NAMESPACES['bpmndi']}}}BPMNDiagram"
RELATIONSHIP: Final = f"{{{MODEL}}}relationship"
LINE: Final = re.compile(rb"(?:\r?\n[ \t]*)?\Z")
"""The end of a line and the indentation of the next one, where a text ends so."""

DECLARED: Final = re.compile(rb"\s+xmlns:([\w.-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class Patch(NamedTuple):
    """Bytes of a document, and what stands there instead."""

    start: int
    end: int
    text: bytes


class Source:
    r"""A document that is to be mended: its bytes, its tree, and where each element stands.

    >>> source = Source(b"<a>\n  <b/>\n</a>")
    >>> source.indent(source.extents[source.root[0]])
    b'\n  '
    """

    def __init__(self, text: bytes) -> None:
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
        self.text = text
        self.root: Any = etree.fromstring(text, parser)
        self.extents: dict[Any, Extent] = dict(zip(self.root.iter("*"), extents(text), strict=True))

    def indent(self, extent: Extent) -> bytes:
        """Return the line end and indentation before an element; b"" where it begins no line."""
        found = LINE.search(self.text, max(0, extent.start - 200), extent.start)
        return found[0] if found else b""

    def removal(self, element: Any) -> Patch:
        """Take an element out, and the white space that indents it."""
        extent = self.extents[element]
        return Patch(extent.start - len(self.indent(extent)), extent.end, b"")


Mend = Callable[[Source, Inspection], tuple[list[Patch], str]]
"""The patches that mend a document, and what was done, "" where there was nothing to do."""


def mend_file(path: str) -> tuple[str, ...]:
    """Mend a file in its place, whole or not at all, and return what was done.

    Raises:
        UsageError: its format is unknown.
        StoreError: it cannot be read or written.
    """
    data, done = mend(inspect(path))
    if done:
        with Path(path).open("rb") as file:
            marked = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
        write_bytes(Path(path), codecs.BOM_UTF8 + data if marked else data)
    return done


def mend(inspection: Inspection) -> tuple[bytes, tuple[str, ...]]:
    """Mend a file.

    Args:
        inspection: the file; one in which nothing can be read stays as it is.

    Returns:
        The document in UTF-8, and what was done, which is nothing where it need not be written.
    """
    text = inspection.text
    if inspection.definitions is None or not text:
        return text, ()
    done: list[str] = []
    for one in MENDS:
        patches, said = one(Source(text), inspection)
        text = patched(text, patches)
        done += [said] if said else []
    return (_declared_utf8(text) if done else text), tuple(done)


def patched(text: bytes, patches: Iterable[Patch]) -> bytes:
    """Return a text with some patches, none of which reaches into another.

    >>> patched(b"abc", [Patch(1, 2, b"x"), Patch(3, 3, b"y"), Patch(3, 3, b"z")])
    b'axcyz'
    """
    pieces, at = list[bytes](), 0
    for patch in sorted(patches, key=lambda one: one[:2]):
        pieces += [text[at : patch.start], patch.text]
        at = patch.end
    return b"".join([*pieces, text[at:]])


def _declared_utf8(text: bytes) -> bytes:
    """Have a document say that it is in UTF-8, if it says that it is in something else."""
    found = DECLARATION.match(text)
    if found is None or found[1].lower() == b"utf-8":
        return text
    return patched(text, [Patch(*found.span(1), b"UTF-8")])


def list_flows(source: Source, _: Inspection) -> tuple[list[Patch], str]:
    """List every sequence flow at both of its ends, and nowhere else."""
    nodes = [one for one in source.root.iter(*NODES) if one.get("id")]
    flows = [one for one in source.root.iter(f"{{{MODEL}}}sequenceFlow") if one.get("id")]
    same = Counter(one.get("id") for one in (*nodes, *flows))
    known = {one.get("id"): one for one in flows if same[one.get("id")] == 1}
    at: dict[tuple[str, str], list[str]] = {}
    for name, flow in known.items():
        for word, end in LISTS:
            at.setdefault((word, flow.get(end)), []).append(name)
    changed, patches = Counter[str](), list[Patch]()
    for node in nodes:
        if same[node.get("id")] == 1:
            leads = {word: at.get((word, node.get("id")), []) for word, _ in LISTS}
            patches += _relist(source, node, known, leads, changed)
    said = {"listed": "listed {} ends of sequence flows", "removed": "removed {} wrong ones"}
    return patches, ", ".join(said[one].format(changed[one]) for one in said if changed[one])


def _relist(
    source: Source,
    node: Any,
    known: dict[str, Any],
    leads: dict[str, list[str]],
    changed: Counter[str],
) -> Iterator[Patch]:
    """Correct the lists of a node: known flows that lead there are in them, others are not."""
    missing: list[tuple[str, str]] = []
    for word, flows in leads.items():
        listed = {_local(one.text): one for one in node.findall(f"{{{MODEL}}}{word}")}
        missing += [(word, name) for name in flows if name not in listed]
        wrong = [name for name in listed if name in known and name not in flows]
        yield from (source.removal(listed[name]) for name in wrong)
        changed["removed"] += len(wrong)
    changed["listed"] += len(missing)
    if missing:
        yield from _insert(source, node, missing)


def _local(text: str | None) -> str:
    return (text or "").strip().rpartition(":")[2]


def _insert(source: Source, node: Any, missing: Iterable[tuple[str, str]]) -> Iterator[Patch]:
    """List flows in a node, indented as what stands beside them."""
    extent = source.extents[node]
    outer, parent = source.indent(extent), source.indent(source.extents[node.getparent()])
    step = outer.removeprefix(parent) if outer.startswith(parent) else b""
    inner = source.indent(source.extents[node[0]]) if _has_children(source, node) else b""
    inner = inner or (outer and outer + (step or b"  "))
    prefix = f"{node.prefix}:" if node.prefix else ""
    of_flow = prefix if _is_qualified(node) else ""
    lines = {
        (word, name): inner + f"<{prefix}{word}>{of_flow}{name}</{prefix}{word}>".encode()
        for word, name in missing
    }
    if extent.inside == extent.end:  # an empty element
        tag = source.text[extent.start : extent.end].removesuffix(b"/>").rstrip()
        close = outer + f"</{prefix}{etree.QName(node).localname}>".encode()
        yield Patch(extent.start + len(tag), extent.end, b"".join([b">", *lines.values(), close]))
        return
    for (word, _), line in lines.items():
        at = _place(source, node, word)
        yield Patch(at, at, line)
    if not source.text[extent.inside : extent.outside].strip() and outer:
        yield Patch(extent.inside, extent.outside, outer)


def _has_children(source: Source, node: Any) -> bool:
    return len(node) > 0 and node[0] in source.extents


def _place(source: Source, node: Any, word: str) -> int:
    """The byte in a node at which a further flow is listed."""
    ahead = {f"{{{MODEL}}}{name}" for name in (*BEFORE, "incoming", word)}
    ends = [source.extents[child].end for child in node if child.tag in ahead]
    return max(ends, default=source.extents[node].inside)


def _is_qualified(node: Any) -> bool:
    """Whether the lists of a node name flows with the prefix of the model."""
    return any(
        (one.text or "").strip().startswith(f"{node.prefix}:")
        for word, _ in LISTS
        for one in node.findall(f"{{{MODEL}}}{word}")
    )


def draw(source: Source, inspection: Inspection) -> tuple[list[Patch], str]:
    """Give a file without a drawing one."""
    definitions = inspection.definitions
    if definitions is None or not definitions.root_elements:
        return [], ""
    drawn, _ = with_drawing(definitions)
    if drawn is definitions or not any(one.plane.elements for one in drawn.diagrams):
        return [], ""
    root, written = source.root, Source(write(drawn))
    after = root.find(RELATIONSHIP)
    at = source.extents[root].outside if after is None else source.extents[after].start
    line = source.indent(source.extents[root[0]])
    at -= len(source.indent(Extent(at, at, at, at)))
    text = b"".join(line + _alone(written, one, root) for one in written.root.findall(DIAGRAM))
    patches = [source.removal(old) for old in root.findall(DIAGRAM)]
    return [*patches, Patch(at, at, text)], "drew it"


def _alone(written: Source, diagram: Any, root: Any) -> bytes:
    """The text of a diagram, with the namespaces that a root declares otherwise or not at all."""
    extent = written.extents[diagram]
    text = written.text[extent.start : extent.end]
    declared = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in diagram.nsmap.items()
        if prefix and root.nsmap.get(prefix) != uri and f"{prefix}:".encode() in text
    )
    name = f"<{diagram.prefix}:BPMNDiagram".encode()
    return name + declared.encode() + text.removeprefix(name)


def forget_namespaces(source: Source, _: Inspection) -> tuple[list[Patch], str]:
    """Declare no namespace in the root that nothing uses: no name, value or text has its prefix."""
    extent, text = source.extents[source.root], source.text
    patches, gone = list[Patch](), list[str]()
    for found in DECLARED.finditer(text, extent.start, extent.inside):
        prefix = found[1]
        if prefix != b"xsi" and not re.search(rb"(?<![\w.-])%s:[\w.-]" % re.escape(prefix), text):
            patches.append(Patch(*found.span(), b""))
            gone.append(prefix.decode())
    return patches, f"removed the unused namespaces {', '.join(sorted(gone))}" if gone else ""


MENDS: Final[tuple[Mend, ...]] = (list_flows, draw, forget_namespaces)
"""What can be mended, in this order."""
