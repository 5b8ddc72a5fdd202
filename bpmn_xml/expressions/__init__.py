"""Expressions: conditions and values in a safe language. No text gets at Python itself.

>>> from bpmn_xml import expressions
>>> condition = expressions.compile("order.amount > 100 and status in ['new', 'open']")
>>> condition.evaluate({"order": {"amount": 250}, "status": "open"})
True
>>> condition.names
('order', 'status')
>>> expressions.compile("().__class__")
Traceback (most recent call last):
    ...
bpmn_xml.errors.ExpressionError: names like '__class__' are Python's own and cannot be read

Each language is a front end that parses its text into the one `tree`; `closures` evaluates all of
them. A language has a row in `languages.BUILT`.
"""

from bpmn_xml.expressions.closures import Function, Language, Variables
from bpmn_xml.expressions.compiled import (
    Compiled,
    compile,  # noqa: A004 - our own
    compile_said,
    evaluate,
    names_within,
    why_null,
)
from bpmn_xml.expressions.languages import UnsupportedLanguage, language_of, names_language

__all__ = [
    "Compiled",
    "Function",
    "Language",
    "UnsupportedLanguage",
    "Variables",
    "compile",
    "compile_said",
    "evaluate",
    "language_of",
    "names_language",
    "names_within",
    "why_null",
]
