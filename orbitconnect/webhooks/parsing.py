"""Makes an event of a delivery: verifies it, reads its JSON, and gives the class of its type.

A body comes from outside: whatever is wrong with it is the same exception as a wrong signature. What the contract does
not know, and what has another form than it says, is no mistake: it survives, as in all models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, cast

from orbitconnect_api.models.event import Event
from orbitconnect_api.webhook_events import AnyEvent, UnknownEvent, WebhookEvent, read_event

from .._pipeline.nesting import MAX_DEPTH, is_deep
from .age import check_age, checked_age
from .dedupe import checked_endpoint, keys_of, scopes_of
from .headers import Headers
from .signature import SIGNATURE_HEADER, WebhookVerificationError, raw_body, verify

__all__ = ["AnyEvent", "UnknownEvent", "WebhookEvent", "construct_event", "parse_event"]


def construct_event(
    payload: bytes | str,
    signature: str | bytes | Headers | None,
    secret: str | bytes | Sequence[str | bytes],
    *,
    signature_header: str = SIGNATURE_HEADER,
    endpoint: str | None = None,
    max_age: float | timedelta | None = None,
) -> AnyEvent:
    """Verify a delivery and make its event.

    Args:
        payload: The raw body, byte for byte as it came. A string is encoded as UTF-8; bytes are the safer choice.
        signature: The request's headers, or the value of the signature header. Headers can be a mapping with names in
            any case, a WSGI environ, or pairs. None, for a header that is missing, is refused.
        secret: The webhook's secret, as returned by `orbit.webhooks.create`; several while it is being rotated.
        signature_header: The name of the signature header, in any case.
        endpoint: Names the scope of the event's dedupe key. By default the secret is the scope, so endpoints with
            different secrets can share a store of handled events.
        max_age: Refuse an event that was created longer ago than so many seconds, or a `timedelta`.

    Returns:
        The event, of the class of its type (`MessageSentEvent` for `message.sent`), or an `UnknownEvent`.

    Raises:
        WebhookVerificationError: If the signature or the body is wrong, whatever was sent, or the event is too old.
        TypeError: If an argument has a type that is not listed, such as a dict as the payload or None as the secret.
        ValueError: If there is no secret, or one is empty or not clean; see `verify`. If `max_age` is not positive or
            `endpoint` is no name.

    Example:
        ```python
        event = construct_event(request.get_data(), request.headers, secret)
        if event.type == "message.sent":
            print(event.data.message_id)
        ```
    """
    limit, name = checked_age(max_age), checked_endpoint(endpoint)
    try:
        verify(payload, signature, secret, signature_header=signature_header)
        scopes = scopes_of(secret, name)
    finally:
        del secret  # Error trackers collect the variables of a traceback's frames.
    event = event_in(payload, scopes)
    check_age(event.created_at, limit)
    return event


def parse_event(payload: bytes | str, *, endpoint: str | None = None) -> AnyEvent:
    """Makes the event of a delivery that was verified before, such as one that comes out of your own queue.

    It verifies nothing. For what comes in over HTTP there is `construct_event`.

    Args:
        payload: The raw body of the delivery. A string is taken as UTF-8.
        endpoint: Names the scope of the event's dedupe key; the same as for `construct_event` or the receiver. Without
            it the key has no scope: give it if the events of several endpoints share a store.

    Returns:
        The event, of the class of its type (`MessageSentEvent` for `message.sent`), or an `UnknownEvent`.

    Raises:
        WebhookVerificationError: If it is not the JSON of an event.
        TypeError: If it is neither bytes nor a string.
        ValueError: If `endpoint` is no name.

    Example:
        ```python
        event = parse_event(queue.get())
        ```
    """
    name = checked_endpoint(endpoint)
    return event_in(payload, () if name is None else scopes_of((), name))


def event_in(payload: bytes | str, scopes: Sequence[str]) -> AnyEvent:
    """Makes the event of a verified delivery.

    Raises:
        WebhookVerificationError: If it is not the JSON of an event.
    """
    body = raw_body(payload)
    content = _decoded(body)
    # Raised out here, where no exception is at hand that has the whole body in it.
    if isinstance(content, str):
        raise _unreadable(content)
    event_type: Any = Event.from_dict(content).type
    if not isinstance(event_type, str) or not event_type:
        raise _unreadable("it has no type of event")
    return read_event(content, *keys_of(content, body, scopes))


def _decoded(body: bytes) -> dict[str, Any] | str:
    """Reads the JSON object; text is what is wrong with it."""
    try:
        content: object = _decoder.decode(body.decode())
    except UnicodeDecodeError:
        return "it is no UTF-8 text"
    except RecursionError:
        return f"it is nested deeper than {MAX_DEPTH} levels"
    except ValueError:
        return "it is no JSON, or holds a number that is not finite or too long"
    if is_deep(content, body):
        return f"it is nested deeper than {MAX_DEPTH} levels"
    return cast("dict[str, Any]", content) if isinstance(content, dict) else "it is no JSON object"


def _unreadable(reason: str) -> WebhookVerificationError:
    return WebhookVerificationError(
        f"The body is not that of an event: {reason}. If its signature is right, its sender signed something else: "
        "nothing is wrong with the secret, and the delivery will not get better by being repeated."
    )


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0:
        raise ValueError
    return number


_decoder: Final = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)
