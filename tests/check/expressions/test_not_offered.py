"""A choice of a form is compared with what its field offers."""

from __future__ import annotations

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.options import Options

FORM = b"""<extensionElements><c:formData xmlns:c="http://camunda.org/schema/1.0/bpmn">
<c:formField id="kind" type="enum"><c:value id="roof" name="Roof"/><c:value id="wall" name="W"/>
</c:formField></c:formData></extensionElements>"""
ASKS = "executable\nuserTask t\n  documentation : x\ns > t > g\ng > e ? {}\ng > e2\n"
CONDITIONS = {
    "what it offers": ("${kind == 'roof'}", []),
    "a slip": ("${kind == 'rof'}", ["did you mean 'roof'? Else "]),
    "something else": ("${'floor' != kind}", [""]),
    "nothing": ("${kind == ''}", []),
    "another variable": ("${sort == 'floor'}", []),
    "a number": ("${kind == 4}", []),
    "an entry": ("${kind.name == 'floor'}", []),
}


@pytest.mark.parametrize(("condition", "wanted"), CONDITIONS.values(), ids=CONDITIONS)
def test_what_is_never_answered_is_told(condition: str, wanted: list[str]) -> None:
    text = xml(ASKS.format(condition)).replace(b"</documentation>", b"</documentation>" + FORM)
    found = [one for one in check(text) if one.code == "BX753"]
    assert [
        (one.id, one.remedy.startswith(start)) for one, start in zip(found, wanted, strict=True)
    ] == [("g_e", True) for _ in wanted]


def test_what_is_written_elsewhere_may_be_anything() -> None:
    script = "scriptTask k scriptFormat=python\n  script : kind = 'floor'\n"
    shorthand = ASKS.format("${kind == 'floor'}").replace("s > t", "s > k > t") + script
    text = xml(shorthand).replace(b"</documentation>", b"</documentation>" + FORM)
    for options in (Options(), Options(allow_scripts=True)):
        assert "BX753" not in {one.code for one in check(text, options=options)}
