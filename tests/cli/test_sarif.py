"""SARIF: the shape that code review tools expect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bpmn_xml.check.catalogue import catalogue
from bpmn_xml.cli.sarif import as_sarif
from bpmn_xml.errors import Finding, Place, Severity
from tests.cli.conftest import Cli

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
POSITIVE = {"type": "integer", "minimum": 1}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "properties": {"uri": {"type": "string", "pattern": r"^[^ \\]+$"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {"startLine": POSITIVE, "startColumn": POSITIVE},
                },
            },
        },
        "logicalLocations": {"type": "array", "items": {"required": ["fullyQualifiedName"]}},
    },
}
SHAPE: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                            },
                                        }
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "ruleIndex", "level", "message"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                            },
                        }
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 (OASIS, 2020) asks of the properties that we write."""


def test_findings_become_results(cli: Cli) -> None:
    done = cli("check", "--sarif", "unbound.bpmn")
    log = json.loads(done.out)
    jsonschema.validate(log, SHAPE)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    assert {"BX201", "EXT023"} <= set(rules)
    assert done.code == 1
    first = next(one for one in run["results"] if one["ruleId"] == "BX201")
    assert first["locations"][0] == {
        "physicalLocation": {
            "artifactLocation": {"uri": "unbound.bpmn"},
            "region": {"startLine": 6, "startColumn": 3},
        },
        "logicalLocations": [{"fullyQualifiedName": "nobody", "name": "Nobody"}],
    }


PLACES = {
    "nowhere": (Place(), None),
    "a file": (Place("a b.bpmn"), {"artifactLocation": {"uri": "a%20b.bpmn"}}),
    "bytes that are no text": (
        Place("\udcff.bpmn"),
        {"artifactLocation": {"uri": "%FF.bpmn"}},
    ),
    "a line": (
        Place("a.bpmn", 3),
        {"artifactLocation": {"uri": "a.bpmn"}, "region": {"startLine": 3}},
    ),
    "an absolute path": (Place("/x/a.bpmn"), {"artifactLocation": {"uri": "file:///x/a.bpmn"}}),
}


@pytest.mark.parametrize(("place", "physical"), PLACES.values(), ids=PLACES)
def test_places(place: Place, physical: dict[str, Any] | None) -> None:
    text = as_sarif([Finding(code="BX000", message="m", place=place, severity=Severity.NOTE)])
    log = json.loads(text)
    jsonschema.validate(log, SHAPE)
    (result,) = log["runs"][0]["results"]
    locations = result.get("locations", [{}])
    assert locations[0].get("physicalLocation") == physical
    assert (result["level"], result["message"]) == ("note", {"text": "m"})


def test_every_code_can_be_a_rule() -> None:
    findings = [Finding(code=code, message="m", remedy="r") for code in catalogue()]
    jsonschema.validate(json.loads(as_sarif(findings)), SHAPE)


def test_fix_mends_and_tells(cli: Cli, folder: Path) -> None:
    done = cli("check", "--fix", "--for", "standard", "unbound.bpmn", "notes.txt", "no.bpmn")
    assert "listed 6 ends of sequence flows; drew it; removed the unused namespaces bx" in done.err
    assert "EXT023" not in done.out
    assert cli("check", "--for", "standard", "unbound.bpmn").code == 0
    assert (folder / "notes.txt").read_text("utf-8") == "hello"
