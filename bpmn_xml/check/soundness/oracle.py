"""Answers in place of data: every condition of a kernel may hold or not.

An oracle is asked while a command is done. `outcomes` does the command once for every way in
which it can be answered, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from bpmn_xml.compiler.program import Condition

T = TypeVar("T")


class Oracle:
    """Answers questions by a script, and `False` where the script ends."""

    def __init__(self) -> None:
        self._script: list[bool] = []
        self._asked = 0

    def ask(self) -> bool:
        """Answer the next question."""
        if self._asked == len(self._script):
            self._script.append(False)
        self._asked += 1
        return self._script[self._asked - 1]

    def outcomes(self, action: Callable[[], T]) -> Iterator[T]:
        """Do an action once for each script of answers; it must ask the same after the same."""
        self._script.clear()
        while True:
            self._asked = 0
            yield action()
            while self._script and self._script[-1]:
                self._script.pop()
            if not self._script:
                return
            self._script[-1] = True

    def condition(self) -> Condition:
        """A condition that may hold or not."""
        return Condition("?", "oracle", lambda _variables: self.ask())

    def some(self, count: int) -> list[Condition]:
        """As many conditions, asked in order each time, of which at least one holds."""
        held = [False]

        def answer(position: int) -> Callable[[Mapping[str, object]], bool]:
            def evaluate(_variables: Mapping[str, object]) -> bool:
                if position == 0:
                    held[0] = False
                last = position == count - 1
                holds = (last and not held[0]) or self.ask()
                held[0] = held[0] or holds
                return holds

            return evaluate

        return [Condition("?", "oracle", answer(position)) for position in range(count)]
