"""Measuring: contestants take turns, so that all run under the same conditions, and their results are medians."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def interleaved(turns: Mapping[str, Callable[[], float]], repetitions: int) -> dict[str, float]:
    """Run all turns in each round, in reverse order in every other round.

    Args:
        turns: Functions that return a measured value. Each function is called once before the first round, to warm up.
        repetitions: The number of rounds.

    Returns:
        The median of each turn's values.
    """
    measured: dict[str, list[float]] = {name: [] for name in turns}
    for turn in turns.values():
        turn()
    for repetition in range(repetitions):
        names = list(turns)
        for name in names if repetition % 2 else reversed(names):
            measured[name].append(turns[name]())
    return {name: statistics.median(values) for name, values in measured.items()}


def processor_seconds(run: Callable[[], object]) -> float:
    """Return the processor time that this process spends in `run`, including all threads and excluding waiting."""
    gc.collect()
    began = time.process_time()
    run()
    return time.process_time() - began
