"""What people get wrong in their files: each fault is told at its line, with the element's id."""

from __future__ import annotations

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.errors import Finding, Place
from tests.check.faults import FAULTS, SHOP, TASK, Fault


def told(text: str) -> list[Finding]:
    """What is said about a text, in the order of the file."""
    return list(check(text.encode(), aim="standard"))


def test_the_shop_has_no_fault() -> None:
    assert [str(one) for one in told(SHOP)] == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_where_it_is(fault: Fault) -> None:
    assert fault.old in SHOP
    text = SHOP.replace(fault.old, fault.new, 1)
    if "ASCII" in fault.new:
        text = text.replace("Wrap", "Wräp")
    found = [one for one in told(text) if one.code in fault.codes.split()]
    assert found, [str(one) for one in told(text)]
    lines = text.splitlines()
    at = [one for one in found if fault.line in lines[one.place.line - 1]]
    assert at, [str(one) for one in found]
    assert not fault.id or fault.id in {one.id for one in at}
    assert all(one.place.column and one.message and one.remedy for one in at)


HARMLESS = {
    "a comment": (TASK, f"<!-- mild --> {TASK}"),
    "another name": ('name="Remind"', 'name="Remind &amp; wait"'),
    "a documentation": (TASK, f"{TASK}<documentation>Be kind.</documentation>"),
    "a vendor's attribute": (TASK, '<task xmlns:x="urn:x" x:colour="red" id="remind">'),
    "a vendor's element": (
        TASK,
        f'{TASK}<extensionElements><x:y xmlns:x="urn:x"/></extensionElements>',
    ),
    "single quotes": (TASK, "<task id='remind' name='Remind'>"),
    "attributes on lines": (TASK, '<task\n  id="remind"\n  name="Remind"\n>'),
    "another order of attributes": (TASK, '<task name="Remind" id="remind">'),
    "other places": ('x="398" y="233"', 'x="399" y="95.5"'),
    "no blanks": ("\n      <incoming>f10</incoming>\n    ", "<incoming>f10</incoming>"),
    "an unused namespace": ("<definitions ", '<definitions xmlns:x="urn:x" '),
    "CDATA": ("stock &gt; 0", "<![CDATA[stock > 0]]>"),
    "an unused message": ("<message ", '<message id="Bill" name="bill"/>\n  <message '),
    "an id that nobody needs": (' id="late_by"', ""),
    "Windows line ends": ("\n", "\r\n"),
    "a byte order mark": ("<?xml", "\ufeff<?xml"),
}


@pytest.mark.parametrize(("old", "new"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_not_told(old: str, new: str) -> None:
    assert old in SHOP
    text = SHOP.replace(old, new) if old == "\n" else SHOP.replace(old, new, 1)
    assert [str(one) for one in told(text)] == []


def test_places_are_those_of_the_file() -> None:
    text = SHOP.replace("P2D", "soon")
    (found,) = check(text.encode(), aim="standard")
    assert found.place == Place("", 36, 9)
    assert (found.place.line, found.place.column) == (36, 9)
