"""Plain words for messages: what people call triggers and languages.

>>> with_article("escalation boundary event")
'an escalation boundary event'
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.expressions import UnsupportedLanguage
from bpmn_xml.model import (
    Choreography,
    Collaboration,
    EventDefinition,
    GlobalConversation,
    GlobalTask,
    RootElement,
)
from bpmn_xml.wording import quoted

NOT_EVALUATED: Final = "which cannot be evaluated"

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


def not_run(root: RootElement | None) -> tuple[str, str] | None:
    """What is drawn where a process could be, and what to draw instead; nothing of all the rest."""
    match root:
        case Choreography():
            return "a choreography", "draw the processes of those who take part in it"
        case GlobalConversation() | Collaboration(conversation_nodes=(_, *_)):
            return "a conversation", "draw the processes of those who take part in it"
        case Collaboration():
            return "a collaboration", "draw a process for one of its pools"
        case GlobalTask():
            return "a global task", "draw a process that calls it"
    return None


def trigger_word(definition: EventDefinition) -> str:
    """What people call the trigger of an event, before the word for the event."""
    word = type(definition).__name__.removesuffix("EventDefinition").lower()
    return "compensation" if word == "compensate" else word


def language_word(name: str) -> str:
    """How the name of a language is written; one that nobody knows as its author wrote it."""
    return _LANGUAGES.get(name) or quoted(name)


def in_language(error: UnsupportedLanguage, done: str) -> str:
    """Say in which language something is that cannot be `done`, and what of it cannot if known."""
    part = f"of which this cannot be {done}: {error.part}" if error.part else ""
    return f"is in {language_word(error.language)}, {part or f'which cannot be {done}'}"


def with_article(noun: str) -> str:
    """Put `a` or `an` before a noun, as it is spoken: no word here opens with a short `u`."""
    return f"{'an' if noun[:1] in {*'aeio'} else 'a'} {noun}"
