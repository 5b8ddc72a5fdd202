"""What is kept, in which order it is found, and what is lost."""

from __future__ import annotations

from bpmn_xml.runtime.execution.messages.kept import Kept, SentMessage


def test_of_what_is_kept_the_oldest_that_fits_is_found_and_what_is_late_is_lost() -> None:
    kept = Kept()
    late, other, mine = [
        SentMessage("paid", "", {}, until, receiver)
        for until, receiver in ((5, ""), (9, "elsewhere"), (9, "here"))
    ]
    for message in (late, other, mine):
        kept.add(message)
    assert kept.oldest(("paid", ""), 5, lambda one: one.is_for("here")) is mine
    assert kept.oldest(("paid", ""), 5, lambda one: one.is_for("nowhere")) is None
    assert kept.oldest(("sent", ""), 5, lambda _: True) is None
    assert late not in kept
    assert (len(kept), kept.untaken()) == (2, [("paid", "")] * 3)
    assert kept.remove(other)
    assert kept.remove(mine)
    assert not kept.has(("paid", ""))
