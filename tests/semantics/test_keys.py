"""Messages that have some of several correlation keys, against the rule in a few lines (8.4.2).

A message belongs to an instance where nothing that both say differs, and something is the same. One
that begins without any key takes what is of no other's conversation. What is of several instances
is left to `conversations.toml`.
"""

from __future__ import annotations

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import AmbiguousMessage
from bpmn_xml.runtime import Engine, ManualClock
from tests.semantics.drawing import drawn

DRAWING: Final = drawn("""
key k A=k B=k
key l A=l B=l
key m A=m B=m
start s message=A
catch c message=B
s -> c
""")

Said = dict[str, int]
SAID: Final = st.dictionaries(st.sampled_from("klm"), st.integers(1, 3))
MESSAGES: Final = st.lists(st.tuples(st.sampled_from("AB"), SAID), max_size=14)


def agree(known: Said, said: Said) -> bool:
    """Whether nothing differs, and something is the same."""
    both = known.keys() & said.keys()
    return bool(both) and all(known[name] == said[name] for name in both)


class Rule:
    """What the instances that wait know, and the messages that are kept, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[Said] = []
        self.kept: list[Said] = []

    def begins(self, known: Said) -> None:
        """An instance begins; it takes the oldest message that is for it."""
        for said in self.kept:
            free = not known and said and not any(agree(other, said) for other in self.waiting)
            if agree(known, said) or free:
                self.kept.remove(said)
                return
        self.waiting.append(known)

    def receivers(self, said: Said) -> list[Said]:
        """The instances that a message may be for; those without a key come last."""
        meant = [known for known in self.waiting if agree(known, said)]
        return meant or [known for known in self.waiting if said and not known]


def bring(engine: Engine, said: Said, found: list[Said]) -> bool:
    """Send a message that some may receive; whether it is clear who does."""
    try:
        taken = engine.publish("B", payload=said)
    except AmbiguousMessage:
        taken = len(found) > 1
    assert taken is bool(found)
    return len(found) < 2


@given(MESSAGES)
def test_a_message_goes_where_all_that_it_says_of_keys_agrees(messages: list[tuple[str, Said]]):
    rule = Rule()
    with Engine(DRAWING, workers=0, clock=ManualClock()) as engine:
        for name, said in messages:
            if name == "A":
                rule.begins(said)
                engine.publish("A", payload=said)
            elif not bring(engine, said, found := rule.receivers(said)):
                return
            elif found:
                rule.waiting.remove(found[0])
            else:
                rule.kept.append(said)
            assert len(list(engine.runs())) == len(rule.waiting)
