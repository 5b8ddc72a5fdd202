"""Which language an expression is in. The table of languages, and what is done with the others.

>>> language_of("amount > 100"), language_of("= amount > 100"), language_of("${amount > 100}")
('python', 'feel', 'juel')
>>> language_of("amount > 100", "https://www.omg.org/spec/DMN/20191111/FEEL/")
'feel'
>>> language_of("order.isPaid()", "text/x-groovy")
'groovy'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Final, cast

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.closures import Language
from bpmn_xml.wording import shorten

BUILT: Final[Mapping[str, str]] = {
    "feel": "bpmn_xml.expressions.feel.language:LANGUAGE",
    "feel-unary-tests": "bpmn_xml.expressions.feel.language:UNARY_TESTS",
    "groovy": "bpmn_xml.expressions.foreign.language:GROOVY",
    "javascript": "bpmn_xml.expressions.foreign.language:JAVASCRIPT",
    "juel": "bpmn_xml.expressions.juel.language:LANGUAGE",
    "python": "bpmn_xml.expressions.python.language:LANGUAGE",
    "xpath": "bpmn_xml.expressions.xpath:LANGUAGE",
}
"""The languages that can be evaluated and where each is, loaded when first used."""

ALIASES: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:\w+/(?:x-)?)?python[23]?|https?://(?:www\.)?python\.org\b.*", "python"),
    (r"(?:\w+/(?:x-)?)?feel|.*/feel(?:/.*)?", "feel"),
    (r"(?:\w+/(?:x-)?)?(?:juel|uel|unified.?el)|.*jcp\.org/.*id=245", "juel"),
    (r"xpath[12]?|.*/xpath.*", "xpath"),
    (r"(?:\w+/(?:x-)?)?(?:javascript|ecmascript|js|graal\.js)|.*javascript.*", "javascript"),
    (r"(?:\w+/(?:x-)?)?groovy|.*groovy.*", "groovy"),
    (r"(?:\w+/(?:x-)?)?(?:ruby|jruby)", "ruby"),
    (r".*\bmvel\b.*", "mvel"),
    (r".*\bdrools\b.*", "drools"),
    (r"(?:\w+/(?:x-)?)?java|.*java\.com/java", "java"),
)
"""Patterns of whole names, in lower case without a slash at the end, and the names used here."""

SHAPES: Final[tuple[tuple[str, str], ...]] = ((r"\s*=(?!=)", "feel"), (r"\s*[$#]\{", "juel"))
"""How an expression may begin that says its language by itself."""

ANY: Final = frozenset({"", "xpath"})
"""Declarations that say nothing: modeling tools write the standard's XPath whatever follows."""


class UnsupportedLanguage(ExpressionError):  # noqa: N818 - it tells what is the matter
    """An expression is in a language that cannot be evaluated; `language` is its name.

    `part` is what is not understood of a language of which some can be evaluated, with its place.
    """

    def __init__(self, language: str, *, text: str = "", part: str = "") -> None:
        self.language, self.part = language, part
        super().__init__(f"the expression language {shorten(language)} is not supported", text=text)


def language_of(text: str, declared: str | None = None, default: str | None = None) -> str:
    """Return the short name of the language that an expression is in.

    `declared` is what the expression says of itself (a URI or a short name), `default` what the
    file says of all. The standard's default, XPath, is in nearly every file and says nothing, so
    it counts only where the expression itself declares it and does not look like another language.
    """
    own, general = canonical(declared or ""), canonical(default or "")
    if own not in ANY:
        return own
    for shape, language in SHAPES:
        if re.match(shape, text):
            return language
    return own or (general if general not in ANY else "python")


def names_language(text: str, declared: str | None, default: str | None) -> bool:
    """Whether an expression, its file, or how it looks says in which language it is."""
    said = {canonical(declared or ""), canonical(default or "")}
    return bool(said - ANY) or any(re.match(shape, text) for shape, _ in SHAPES)


@lru_cache(maxsize=100)
def canonical(name: str) -> str:
    """Return the short name of a language, whatever it is called; an unknown one stays as it is."""
    name = name.strip()
    plain = name.lower().rstrip("/")
    return next((short for known, short in ALIASES if re.fullmatch(known, plain)), name)


def language_named(name: str, text: str = "") -> Language:
    """Return the language of a name, or raise `UnsupportedLanguage`."""
    home = BUILT.get(canonical(name))
    if home is None:
        raise UnsupportedLanguage(canonical(name), text=text)
    module, _, found = home.partition(":")
    return cast("Language", getattr(import_module(module), found))
