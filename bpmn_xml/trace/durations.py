"""Durations by the million: only as many numbers as there are lengths 1 % apart."""

from __future__ import annotations

from typing import Final

_EXACT_BITS: Final = 8
"""Of a duration so many leading bits are kept."""


class Durations:
    """How long something took, many times: exact count, sum and bounds; percentiles within 1 %.

    >>> durations = Durations()
    >>> for microseconds in (10, 20, 30):
    ...     durations.add(microseconds)
    >>> durations.count, durations.mean, durations.percentile(95)
    (3, 20.0, 30)
    """

    __slots__ = ("_counts", "count", "longest", "shortest", "total")

    def __init__(self) -> None:
        self.count = self.total = self.shortest = self.longest = 0
        self._counts: dict[int, int] = {}

    def add(self, duration: int) -> None:
        """Note one duration in microseconds."""
        if duration < self.shortest or not self.count:
            self.shortest = duration
        self.longest = max(self.longest, duration)
        self.count += 1
        self.total += duration
        coarse = duration.bit_length() - _EXACT_BITS
        kept = duration >> coarse << coarse if coarse > 0 else duration
        self._counts[kept] = self._counts.get(kept, 0) + 1

    @property
    def mean(self) -> float:
        """The mean in microseconds; 0 of nothing."""
        return self.total / self.count if self.count else 0.0

    def percentile(self, percent: int) -> int:
        """The least duration that `percent` per cent of all do not exceed, to 1 %."""
        wanted, seen = self.count * percent, 0
        for duration in sorted(self._counts):
            seen += self._counts[duration]
            if seen * 100 >= wanted:
                return min(max(duration, self.shortest), self.longest)
        return 0
