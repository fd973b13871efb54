# Derived from orbitconnect/webhooks/_async/receiver.py by `make generate`: edit that file.
"""The receiver; see `orbitconnect.webhooks.receiver`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from ..dispatcher import EventDispatcher
from ..headers import Headers
from ..once import OnceError, once
from ..once.protocol import ClaimStore
from ..receipts import ALREADY_HANDLED, HANDLED, NO_HANDLER, Receipt, not_handled_once
from ..receiver_base import DEFAULT_MAX_BODY, NoHandler, ReceiverBase, Secret, check_parts
from ..signature import SIGNATURE_HEADER


class WebhookReceiver(ReceiverBase):
    """Receives deliveries and passes their events to an `EventDispatcher`.

    Args:
        secret: The webhook's secret, or several secrets during a rotation. You can also pass a function that returns
            the secrets. It is called for each delivery, so you can rotate secrets without a restart; it must not block.
        events: The dispatcher that handles the events.
        store: Remembers which events were handled, so that each is handled once; see `orbitconnect.webhooks.once`.
            Without a store, an event is handled every time it is delivered.
        signature_header: The name of the signature's header (case-insensitive).
        max_body: The maximum size of a delivery's body, in bytes. 1 MiB by default.
        endpoint: The endpoint's name in the store: 1 to 64 ASCII letters, digits, dots, dashes or underscores. By
            default, the endpoint is identified by its secrets, so receivers with different secrets can share a store.
            Receivers with the same name share the record of handled events.
        max_age: Refuse an event that was created longer ago than this, in seconds or as a `timedelta`. The last retry
            comes about 76 hours after the event (inferred). If the limit is at most the store's `keep`, a captured
            delivery cannot be replayed after the store has forgotten its event.

    Raises:
        TypeError: If an argument has the wrong type, such as None as the secret.
        ValueError: If there is no secret; if a secret is empty or surrounded by white space, quotes or a byte order
            mark; if `signature_header` is empty, `max_body` is less than 1, `max_age` is not positive, or `endpoint` is
            not a valid name.

    Example:
        ```python
        events = EventDispatcher()

        @events.on("message.sent")
        def count(event: MessageSentEvent) -> None: ...

        receiver = WebhookReceiver(secret=os.environ["ORBIT_WEBHOOK_SECRET"], events=events, store=MemoryStore())
        ```
    """

    def __init__(
        self,
        *,
        secret: Secret | Callable[[], Secret],
        events: EventDispatcher,
        store: ClaimStore | None = None,
        signature_header: str = SIGNATURE_HEADER,
        max_body: int = DEFAULT_MAX_BODY,
        endpoint: str | None = None,
        max_age: float | timedelta | None = None,
    ) -> None:
        flaw = self._keep_secret(secret)
        del secret  # Error trackers collect the local variables of a traceback's frames.
        if flaw is not None:
            raise flaw
        super().__init__(signature_header, max_body, endpoint, max_age)
        check_parts(events, store)
        self._events: Final = events
        self._store: Final = store

    def receive(self, body: bytes, headers: Headers) -> Receipt:
        """Verify a delivery, handle its event, and return the response to send.

        If a handler raises an exception or the call is cancelled, the event is released, so that the next delivery is
        handled.

        Args:
            body: The raw body, byte for byte as it was received.
            headers: The request's headers: a mapping with names in upper or lower case, a WSGI environ, or pairs.
                Prefer pairs: a request with two signatures is refused, but a mapping may contain only one of them.

        Returns:
            The response to send. Nothing that a delivery contains raises an exception.

        Raises:
            Exception: Any exception that a handler raises.
            TypeError: If the body is not bytes, the headers have an unknown form, or the function that you passed as
                `secret` does not return a secret.
            ValueError: If the function that you passed as `secret` returns a secret that is empty or malformed (see
                `verify`).

        Example:
            ```python
            receipt = receiver.receive(body, request.headers.items())
            ```
        """
        event = self._verified_event(body, headers)
        # A handler's error passes through here, and error trackers collect the local variables of its frames.
        del body, headers
        if isinstance(event, Receipt):
            return event
        if self._store is None:
            return HANDLED if self._events.dispatch(event) else NO_HANDLER
        try:
            with once(self._store, event) as claim:
                if not claim:
                    return ALREADY_HANDLED
                if not self._events.dispatch(event):
                    raise NoHandler
        except NoHandler:
            return NO_HANDLER
        except OnceError as error:
            return not_handled_once(error)
        return HANDLED
