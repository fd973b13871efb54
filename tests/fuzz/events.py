"""The body of a webhook: `parse_event` returns a fully usable event, or refuses the body."""

from __future__ import annotations

import copy
import pickle

from orbitconnect.webhooks import EventDispatcher, WebhookEvent, WebhookVerificationError, parse_event

_dispatcher = EventDispatcher()


@_dispatcher.on("*")
def _handle(event: WebhookEvent) -> None:
    repr(event.data)


def run(data: bytes) -> None:
    """Run one input."""
    try:
        event = parse_event(data)
    except WebhookVerificationError:
        return
    assert event.type
    assert 0 < len(event.dedupe_key) <= 200
    assert event.dedupe_key.isprintable()
    assert repr(event).isprintable()
    assert parse_event(data) == event
    for twin in (pickle.loads(pickle.dumps(event)), copy.deepcopy(event)):
        assert type(twin) is type(event)
        assert twin == event
        assert hash(twin) == hash(event)
        assert repr(twin.to_dict()) == repr(event.to_dict())
    assert _dispatcher.dispatch(event) == 1
