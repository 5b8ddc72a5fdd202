"""Plain words for messages: which of several, what else may be meant.

>>> with_article("escalation boundary event")
'an escalation boundary event'
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import Final

from bpmn_xml.expressions.wording import nearest
from bpmn_xml.model import EventDefinition
from bpmn_xml.wording import listed, quoted

_LANGUAGES: Final = {
    "drools": "Drools",
    "feel": "FEEL",
    "groovy": "Groovy",
    "java": "Java",
    "javascript": "JavaScript",
    "juel": "JUEL",
    "mvel": "MVEL",
    "python": "Python",
    "ruby": "Ruby",
    "xpath": "XPath",
}


def trigger_word(definition: EventDefinition) -> str:
    """What people call the trigger of an event, before the word for the event."""
    word = type(definition).__name__.removesuffix("EventDefinition").lower()
    return "compensation" if word == "compensate" else word


def language_word(name: str) -> str:
    """How the name of a language is written; one that nobody knows as its author wrote it."""
    return _LANGUAGES.get(name) or quoted(name)


def with_article(noun: str) -> str:
    """Put `a` or `an` before a noun, as it is spoken: no word here opens with a short `u`."""
    return f"{'an' if noun[:1] in {*'aeio'} else 'a'} {noun}"


def plural(noun: str, items: Sized, forms: str = "") -> str:
    """The noun in singular or plural, as many as there are; `forms` is an irregular plural."""
    return noun if len(items) == 1 else forms or f"{noun}s"


def suggest(name: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy for a name that is not known: the nearest ones, or something else to do.

    >>> suggest("thread", ["threads", "delay"], "remove it"), suggest("x", ["delay"], "remove it")
    ("did you mean 'threads'?", 'remove it')
    """
    near = [repr(found) for found in nearest(name, known)]
    return f"did you mean {listed(near, 'or')}?" if near else otherwise
