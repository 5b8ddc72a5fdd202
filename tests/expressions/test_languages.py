"""Which language applies, and which languages are known but not built."""

from __future__ import annotations

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import UnsupportedLanguage, language_of
from bpmn_xml.expressions.languages import BUILT, canonical, language_named

XPATH = "http://www.w3.org/1999/XPath"
NAMES = """
python python Python PYTHON python3 text/x-python text/python application/x-python
python http://www.python.org/ https://www.python.org
feel feel FEEL text/feel http://www.omg.org/spec/FEEL/20140401
feel http://www.omg.org/spec/DMN/20151101/FEEL https://www.omg.org/spec/DMN/20180521/FEEL/
juel juel JUEL uel unified-el http://www.jcp.org/en/jsr/detail?id=245
xpath xpath XPath xpath2 http://www.w3.org/1999/XPath https://www.w3.org/TR/xpath20/
javascript javascript JavaScript ecmascript js text/javascript application/javascript graal.js
javascript http://www.javascript.com/javascript
groovy groovy Groovy text/x-groovy http://groovy-lang.org
java java http://www.java.com/java
ruby ruby jruby
mvel mvel http://www.mvel.org/2.0
drools http://www.jboss.org/drools/rule
cobol cobol
"""
CASES = [
    (name, short) for short, *names in map(str.split, NAMES.strip().splitlines()) for name in names
]


@pytest.mark.parametrize(("name", "short"), CASES)
def test_canonical(name, short):
    assert canonical(f" {name} ") == short


@pytest.mark.parametrize(
    ("text", "declared", "default", "language"),
    [
        ("a > 1", None, None, "python"),
        ("a > 1", "", "", "python"),
        ("a > 1", None, XPATH, "python"),
        ("a > 1", XPATH, None, "xpath"),
        ("a > 1", None, "groovy", "groovy"),
        ("a > 1", "python", "groovy", "python"),
        ("a > 1", "COBOL", None, "COBOL"),
        ("=a > 1", None, None, "feel"),
        (" \n= a > 1", XPATH, "groovy", "feel"),
        ("==a", None, None, "python"),
        ("${a > 1}", None, XPATH, "juel"),
        ("#{a > 1}", XPATH, None, "juel"),
        ("\n${a > 1}", None, "feel", "juel"),
        ("${a}", "groovy", None, "groovy"),
        ("", None, None, "python"),
    ],
)
def test_language_of(text, declared, default, language):
    assert language_of(text, declared, default) == language


@pytest.mark.parametrize("name", BUILT)
def test_what_is_built_is_there(name):
    assert language_named(name).name == canonical(name) == name


@pytest.mark.parametrize(
    ("name", "short"), [("cobol", "cobol"), ("urn:mvel", "mvel"), ("text/x-ruby", "ruby"), ("", "")]
)
def test_what_is_not_built_is_named(name, short):
    with pytest.raises(
        UnsupportedLanguage, match=f"the expression language {short} is not supported"
    ) as caught:
        expressions.compile("a > 1", name)
    assert (caught.value.language, caught.value.text) == (short, "a > 1")
    assert isinstance(caught.value, ExpressionError)
