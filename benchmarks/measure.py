"""How it is measured: turns that alternate, so that all see the same machine, and their medians."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def interleaved(turns: Mapping[str, Callable[[], float]], repetitions: int) -> dict[str, float]:
    """Takes turns; every other round goes backwards.

    Args:
        turns: Each returns what it measured. It is called once more before the first round, for nothing.
        repetitions: How many rounds.

    Returns:
        The medians.
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
    """The processor time of this process that it takes, with all of its threads; waiting costs nothing."""
    gc.collect()
    began = time.process_time()
    run()
    return time.process_time() - began
