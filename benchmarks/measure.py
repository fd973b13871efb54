"""Measuring: contestants take turns, so that all run under the same conditions, and their results are medians."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

Key = TypeVar("Key")
T = TypeVar("T")


class Measured(NamedTuple):
    """A measured value: the median of several repetitions, and the quartiles, which show how much they differ."""

    median: float
    low: float
    high: float
    repetitions: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Measured:
        """Summarize the values of all repetitions."""
        if len(values) < 2:
            return cls(values[0], values[0], values[0], 1)
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high, len(values))

    @property
    def spread(self) -> float:
        """The interquartile range, relative to the median."""
        return (self.high - self.low) / self.median if self.median else 0.0


def rounds(turns: Mapping[Key, Callable[[], T]], repetitions: int) -> dict[Key, list[T]]:
    """Run all turns in each round, in reverse order in every other round.

    Args:
        turns: Functions that return what they measured. Each is called once before the first round, to warm up.
        repetitions: The number of rounds.

    Returns:
        What each turn returned, by round.
    """
    measured: dict[Key, list[T]] = {name: [] for name in turns}
    for turn in turns.values():
        turn()
    for repetition in range(repetitions):
        names = list(turns)
        for name in names if repetition % 2 else reversed(names):
            measured[name].append(turns[name]())
    return measured


def ratios(values: Sequence[float], base: Sequence[float]) -> Measured:
    """Compare two turns round by round, so that a change of the machine's speed affects both."""
    return Measured.of([value / other for value, other in zip(values, base, strict=True)])


def interleaved(turns: Mapping[str, Callable[[], float]], repetitions: int) -> dict[str, float]:
    """Return the median of each turn's values. See `rounds`."""
    return {name: statistics.median(values) for name, values in rounds(turns, repetitions).items()}


def processor_seconds(run: Callable[[], object]) -> float:
    """Return the processor time that this process spends in `run`, including all threads and excluding waiting."""
    gc.collect()
    began = time.process_time()
    run()
    return time.process_time() - began


def processor_seconds_of(process: int) -> float:
    """Return the processor time that a process has used so far, on Linux."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(process: int | str = "self") -> int:
    """Return the peak memory of a process in bytes, or 0 if the system does not report it.

    `resource.getrusage` is not suitable, because it starts at the parent process's value.
    """
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
