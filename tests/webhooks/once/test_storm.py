"""A storm of redeliveries. `python -m benchmarks.redelivery` runs a larger one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webhooks.once.backends import Backend
from tests.webhooks.once.storm import Processes, processes, storm

WORKERS = 4
EVENTS = 60
COPIES = 10


@pytest.fixture(scope="module")
def started() -> Iterator[Processes]:
    with processes(WORKERS) as workers:
        yield workers


def test_each_event_is_handled_once(backend: Backend, started: Processes) -> None:
    outcome = storm(backend, events=EVENTS, copies=COPIES, workers=WORKERS, failing=0.05, started=started)
    assert outcome.handled == {f"evt_{event}": 1 for event in range(EVENTS)}
    # Otherwise the deliveries did not overlap.
    assert outcome.failed > 0
    assert outcome.found_handled == EVENTS * (COPIES - 1)
