"""Places of a task, and room for items."""

from __future__ import annotations

from bpmn_xml.runtime.execution.calls.limits import Room, Slots


def test_places_are_given_in_order() -> None:
    slots = Slots[int](2)
    assert [slots.admit(i) for i in range(5)] == [True, True, False, False, False]
    assert [slots.release() for _ in range(5)] == [2, 3, 4, None, None]
    assert [slots.admit(i) for i in range(3)] == [True, True, False]


def test_a_producer_pauses_when_there_is_no_room_and_is_woken_once() -> None:
    room = Room(2)
    room.emitted()
    assert not room.pauses()
    room.emitted()
    assert room.pauses()
    assert room.item_gone("a")
    assert not room.item_gone("b")


def test_an_item_that_is_gone_before_the_producer_pauses_needs_no_waking() -> None:
    room = Room(1)
    room.emitted()
    assert not room.item_gone("a")
    assert not room.pauses()


def test_items_that_rest_take_no_room_until_they_move() -> None:
    room = Room(1)
    room.emitted()
    assert room.pauses()
    assert room.item_rests("a", rests=True)
    room.emitted()
    assert room.pauses()
    assert not room.item_rests("a", rests=False)
    assert not room.item_gone("b")
    assert room.item_gone("a")


def test_an_item_that_ends_while_it_rests_is_counted_once() -> None:
    room = Room(1)
    room.emitted()
    room.item_rests("a", rests=True)
    room.item_gone("a")
    room.emitted()
    assert room.pauses()


def test_a_cancelled_producer_never_pauses() -> None:
    paused, running = Room(1), Room(1)
    paused.emitted()
    assert paused.pauses()
    assert paused.cancel()
    assert not paused.cancel()
    assert not running.cancel()
    running.emitted()
    assert not running.pauses()
