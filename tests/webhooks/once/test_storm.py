"""A storm of redeliveries; `python -m benchmarks.redelivery` is the larger one."""

from __future__ import annotations

from tests.webhooks.once.places import Place
from tests.webhooks.once.storm import storm


def test_each_event_is_handled_once(place: Place) -> None:
    outcome = storm(place, events=100, copies=10, workers=4, failing=0.05)
    assert outcome.handled == {f"evt_{event}": 1 for event in range(100)}
    # Else it was no storm.
    assert outcome.failed > 0
    assert outcome.found_handled == 900
