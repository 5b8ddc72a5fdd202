"""Add and subtract 1,000 pairs of numbers, with the signature of the legacy engine.

A method gets a queue for its results and everything that came with the token as keywords.
"""

from __future__ import annotations

from random import Random
from typing import Any, Protocol


class ResultQueue(Protocol):
    """Where a method puts what it found: one result, several, or none."""

    def put(self, result: dict[str, Any]) -> None:
        """Send a result on its way."""


class Calculator:
    """The tasks of calculator.conf."""

    def input(self, resultQ: ResultQueue, *args: Any, **kwargs: Any) -> None:
        """Produce the pairs, the same ones each time."""
        chance = Random(2011)
        for number in range(int(kwargs.get("pairs", 1000))):
            pair = {"value1": chance.randint(0, 9999), "value2": chance.randint(0, 9999)}
            resultQ.put({"number": number, **pair})

    def add(self, resultQ: ResultQueue, *args: Any, **kwargs: Any) -> None:
        """Add the pair."""
        resultQ.put({**kwargs, "sum": kwargs["value1"] + kwargs["value2"]})

    def subtract(self, resultQ: ResultQueue, *args: Any, **kwargs: Any) -> None:
        """Subtract the pair."""
        resultQ.put({**kwargs, "difference": kwargs["value1"] - kwargs["value2"]})

    def print(self, resultQ: ResultQueue, *args: Any, **kwargs: Any) -> None:
        """Print what was found, on one line."""
        line = "{number}: {value1} + {value2} = {sum}, {value1} - {value2} = {difference}\n"
        print(line.format(**kwargs), end="", flush=True)
