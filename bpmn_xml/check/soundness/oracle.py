"""Answers in place of data: every condition of a kernel may hold or not.

An oracle is asked while a command is done. `outcomes` does the command once for every way in
which it can be answered, in a fixed order. What it remembers it answers so again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bpmn_xml.check.soundness.questions import Answers, Inquiry, contradicts
from bpmn_xml.compiler.program import Condition

T = TypeVar("T")


class Oracle:
    """Answers questions by a script, and `False` where the script ends.

    Attributes:
        known: what it remembers: questions with their answers.
        asked: how many conditions of the last action were evaluated.
    """

    def __init__(self) -> None:
        self.known: dict[Inquiry, bool] = {}
        self._script: list[bool] = []
        self.asked = 0

    def ask(self) -> bool:
        """Answer the next question."""
        if self.asked == len(self._script):
            self._script.append(False)
        self.asked += 1
        return self._script[self.asked - 1]

    def outcomes(self, action: Callable[[], T]) -> Iterator[T]:
        """Do an action once for each script of answers; it must ask the same after the same."""
        self._script.clear()
        while True:
            self.asked = 0
            yield action()
            while self._script and self._script[-1]:
                self._script.pop()
            if not self._script:
                return
            self._script[-1] = True

    def condition(self, needs: Answers = frozenset()) -> Condition:
        """A condition that may hold or not, as far as that is not remembered."""
        if not needs:
            return Condition("?", "oracle", lambda _variables: self.ask())
        return Condition("?", "oracle", lambda _variables: self._answer(needs))

    def _answer(self, needs: Answers) -> bool:
        """Answer one question, as it was answered before."""
        ((asked, holds),) = needs
        may_hold = not contradicts(self.known, needs)
        may_fail = not contradicts(self.known, frozenset({(asked, not holds)}))
        answer = self.ask() if may_hold and may_fail else may_hold
        self.known[asked] = holds is answer
        return answer

    def one(self, needs: Sequence[Answers]) -> list[Condition]:
        """As many conditions, asked in order each time, of which one holds that can."""
        open_: list[int] = []

        def answer(position: int) -> Callable[[Mapping[str, object]], bool]:
            def evaluate(_variables: Mapping[str, object]) -> bool:
                if position == 0:
                    open_[:] = [i for i, n in enumerate(needs) if not contradicts(self.known, n)]
                holds = position in open_ and (position == open_[-1] or self.ask())
                if holds:
                    self.known.update(needs[position])
                return holds

            return evaluate

        return [Condition("?", "oracle", answer(position)) for position in range(len(needs))]

    def each(self, needs: Iterable[Answers]) -> list[Condition]:
        """Conditions that have nothing to do with each other."""
        return [self.condition(answers) for answers in needs]

    def some(self, needs: Sequence[Answers]) -> list[Condition]:
        """As many conditions, asked in order each time, of which at least one holds that can.

        But for a complex gateway that resets, and need not be left (13.4.5).
        """
        held = [False]

        def answer(position: int) -> Callable[[Mapping[str, object]], bool]:
            asked = self.condition(needs[position])

            def evaluate(variables: Mapping[str, object]) -> bool:
                if position == 0:
                    held[0] = False
                leaves = variables.get("waitingForStart", True) and not held[0]
                if leaves and self._is_last(needs[position], needs[position + 1 :]):
                    self.known.update(needs[position])
                    holds = True
                else:
                    holds = asked.evaluate(variables)
                held[0] = held[0] or holds
                return holds

            return evaluate

        return [Condition("?", "oracle", answer(position)) for position in range(len(needs))]

    def _is_last(self, needs: Answers, later: Iterable[Answers]) -> bool:
        """Whether some answers can be given, and nothing that comes later can if they are not."""
        otherwise = {**self.known, **{asked: not holds for asked, holds in needs}}
        return not contradicts(self.known, needs) and all(
            contradicts(otherwise, answers) for answers in later
        )
