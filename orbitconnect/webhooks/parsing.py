"""Turns a delivery into an event: verifies it, parses its JSON, and returns an object of the event's class.

The sender controls the body, so any fault in it raises the same exception as a wrong signature. Unknown fields and
unexpected values are not faults: they are preserved, as in all models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, cast

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
    """Verify a delivery and return its event.

    Args:
        payload: The raw body, byte for byte as it was received. A string is encoded as UTF-8; bytes are safer.
        signature: The request's headers, or the value of the signature's header. Headers may be a mapping with names in
            upper or lower case, a WSGI environ, or pairs. None (a missing header) is refused.
        secret: The webhook's secret, as returned by `orbit.webhooks.create`, or several secrets during a rotation.
        signature_header: The name of the signature's header (case-insensitive).
        endpoint: The endpoint's name in the event's dedupe key: 1 to 64 ASCII letters, digits, dots, dashes or
            underscores. By default, the endpoint is identified by its secret, so endpoints with different secrets can
            share a store of handled events.
        max_age: Refuse an event that was created longer ago than this, in seconds or as a `timedelta`. No limit by
            default.

    Returns:
        The event as an object of its type's class, such as `MessageSentEvent` for `message.sent`. An `UnknownEvent` if
        the type is not in the contract.

    Raises:
        WebhookVerificationError: If the signature is missing or wrong, the body is not an event, or the event is too
            old.
        TypeError: If an argument has the wrong type, such as a dict as the payload or None as the secret.
        ValueError: If there is no secret, or a secret is empty or malformed (see `verify`); if `max_age` is not
            positive, or `endpoint` is not a valid name.

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
        del secret  # Error trackers collect the local variables of a traceback's frames.
    event = event_in(payload, scopes)
    check_age(event.created_at, limit)
    return event


def parse_event(payload: bytes | str, *, endpoint: str | None = None) -> AnyEvent:
    """Return the event of a delivery that was already verified, such as one from your own queue.

    It verifies nothing. Use `construct_event` for deliveries that arrive over HTTP.

    Args:
        payload: The raw body of the delivery. A string is encoded as UTF-8.
        endpoint: The endpoint's name in the event's dedupe key, as passed to `construct_event` or the receiver. Without
            a name, the key does not identify the endpoint: pass one if several endpoints share a store.

    Returns:
        The event as an object of its type's class, such as `MessageSentEvent` for `message.sent`. An `UnknownEvent` if
        the type is not in the contract.

    Raises:
        WebhookVerificationError: If the payload is not an event.
        TypeError: If the payload is neither bytes nor a string.
        ValueError: If `endpoint` is not a valid name.

    Example:
        ```python
        event = parse_event(queue.get())
        ```
    """
    name = checked_endpoint(endpoint)
    return event_in(payload, () if name is None else scopes_of((), name))


def event_in(payload: bytes | str, scopes: Sequence[str]) -> AnyEvent:
    """Return the event of a verified delivery.

    Args:
        payload: The raw body.
        scopes: The scopes for the event's dedupe keys; see `scopes_of`.

    Raises:
        WebhookVerificationError: If the payload is not an event.
    """
    body = raw_body(payload)
    content = _decoded(body)
    # Raised here and not in `_decoded`, so that no exception is chained: a JSON error contains the whole body.
    if isinstance(content, str):
        raise _unreadable(content)
    event_type = cast("object", Event.from_dict(content).type)
    if not isinstance(event_type, str) or not event_type:
        raise _unreadable("it has no event type")
    return read_event(content, *keys_of(content, body, scopes))


def _decoded(body: bytes) -> dict[str, object] | str:
    """Return the JSON object, or a description of what is wrong with the body."""
    try:
        content: object = _decoder.decode(body.decode())
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    except RecursionError:
        return f"it is nested deeper than {MAX_DEPTH} levels"
    except ValueError:
        return "it is not JSON, or contains a number that is too long or not finite"
    if is_deep(content, body):
        return f"it is nested deeper than {MAX_DEPTH} levels"
    return cast("dict[str, object]", content) if isinstance(content, dict) else "it is not a JSON object"


def _unreadable(reason: str) -> WebhookVerificationError:
    return WebhookVerificationError(
        f"The body is not an event: {reason}. If the signature is valid, the sender signed something else: the secret "
        "is correct, and a retry of this delivery will fail, too."
    )


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0:
        raise ValueError
    return number


_decoder: Final = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)
