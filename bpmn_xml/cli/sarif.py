"""Findings as SARIF 2.1.0, which code review tools show beside the lines they are about."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from bpmn_xml import __version__
from bpmn_xml.check.catalogue import catalogue
from bpmn_xml.codes import Code
from bpmn_xml.errors import Finding, Place

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION: Final = "2.1.0"


def as_sarif(findings: Sequence[Finding]) -> str:
    """Write findings as one run of one tool."""
    known = catalogue()
    codes = sorted({finding.code for finding in findings})
    rules = [_rule(known.get(code, Code(code=code, title=code))) for code in codes]
    numbers = {code: number for number, code in enumerate(codes)}
    results = [_result(finding, numbers[finding.code]) for finding in findings]
    driver = {"name": "bpmn-xml", "semanticVersion": __version__, "rules": rules}
    log = {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, indent=2)


def _rule(entry: Code) -> dict[str, Any]:
    clause = f" (BPMN 2.0.2, {entry.clause})" if entry.clause else ""
    rule: dict[str, Any] = {
        "id": entry.code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": f"{entry.title}{clause}"},
    }
    return {**rule, "help": {"text": entry.remedy}} if entry.remedy else rule


def _result(finding: Finding, number: int) -> dict[str, Any]:
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": str(finding.severity),
        "message": {"text": f"{finding.message}{remedy}"},
    }
    location: dict[str, Any] = {}
    if finding.place.file:
        location["physicalLocation"] = _physical(finding.place)
    if finding.id:
        name = finding.name or finding.id
        location["logicalLocations"] = [{"fullyQualifiedName": finding.id, "name": name}]
    return {**result, "locations": [location]} if location else result


def _physical(place: Place) -> dict[str, Any]:
    path = Path(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    found: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place.line:
        region = {"startLine": place.line, "startColumn": place.column}
        found["region"] = {key: value for key, value in region.items() if value}
    return found
