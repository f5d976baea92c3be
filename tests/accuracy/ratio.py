"""ratio: so many of so many."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """A count and what it is counted among."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.count / self.of if self.of else None

    def __str__(self) -> str:
        """Such as "83.3 % (5 of 6)"."""
        return f"{percent(self.value)} ({self.count} of {self.of})"


def percent(value: float | None) -> str:
    """Such as "83.3 %"; a dash for what there is none of."""
    return "-" if value is None else f"{100 * value:.1f} %"
