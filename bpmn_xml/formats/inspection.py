"""What can be said about a file that is read as far as it goes, whatever is wrong with it."""

from __future__ import annotations

import msgspec

from bpmn_xml.errors import Finding
from bpmn_xml.model import Definitions


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """A file read as far as it goes: its model if there is one, and all findings.

    Attributes:
        definitions: what the file says; None where nothing can be made of it.
        findings: what reading found, errors too.
        unnamed: the ids that were made up for elements without one.
        repeated: ids of elements that have a child twice which may stand once, with its field.
        text: the document in UTF-8; empty where the format is no XML.
    """

    definitions: Definitions | None = None
    findings: tuple[Finding, ...] = ()
    unnamed: frozenset[str] = frozenset()
    repeated: frozenset[tuple[str, str]] = frozenset()
    text: bytes = b""
