"""Receives deliveries, whatever the web framework: checks, parses, claims, dispatches, and says what to answer.

    receiver = WebhookReceiver(secret=secret, events=events, store=SQLiteStore("handled.db"))

    receipt = receiver.receive(raw_body, headers)  # answer with receipt.status, receipt.headers and receipt.body

`orbitconnect.webhooks.starlette` (FastAPI, too), `.flask` and `.django` make an endpoint of it. What is answered:

    200   handled, or handled before, or of a type that has no handler
    400   signed, but no event
    401   the signature is missing or wrong, or the event is older than `max_age`
    405   not a POST
    413   larger than `max_body`
    500   the application has read the body before
    503   another worker is handling the event right now, or the store of handled events failed; with `retry-after`

A handler's error is raised on, so that the framework answers 500 and error trackers see it; the event is released, so
that the next delivery is handled. 503 rather than 409, since every sender repeats a delivery after a 5xx, and some give
up at a 4xx; no 410, 429, 502 or 504, which by Standard Webhooks disable or slow down the whole endpoint (inferred).
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final, NoReturn, TypeAlias

from attrs import frozen

from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import SafeRepr

from .age import check_age, checked_age
from .dedupe import checked_endpoint, scopes_of
from .dispatcher import AsyncEventDispatcher, EventDispatcher
from .events import WebhookEvent, event_in
from .headers import Headers, header_values
from .once import AsyncClaimStore, ClaimStore, EventBusy, OnceError, async_once, once
from .signature import SIGNATURE_HEADER, WebhookVerificationError, only_signature, verify

DEFAULT_MAX_BODY: Final = 2**20
"""Bytes that a delivery may have: 1 MiB, which is far more than any event of the contract takes."""

BUSY_SECONDS: Final = 30
"""For how long the sender is asked to wait while another worker is handling the event."""

Secret: TypeAlias = str | bytes | Sequence[str | bytes]
"""What a webhook is signed with; several while it is being rotated."""

_TAKEN: Final = (
    "A delivery arrived with an empty body, though the request had one. Most likely a middleware or a hook of the "
    "application has read it before the webhook's view. Leave this path out there, or keep the body for later readers."
)

_log = logging.getLogger("orbitconnect.webhooks")


@frozen(repr=False)
class Receipt(SafeRepr):
    """What to answer to a delivery.

    Attributes:
        status: The status.
        body: A word on what was done, which the sender keeps in its log of deliveries.
        headers: The headers.
    """

    status: int
    body: bytes
    headers: Mapping[str, str]


def _receipt(status: int, text: str, headers: Mapping[str, str] | None = None) -> Receipt:
    return Receipt(status, text.encode(), {"content-type": "text/plain; charset=utf-8", **(headers or {})})


HANDLED: Final = _receipt(200, "handled")
ALREADY_HANDLED: Final = _receipt(200, "already handled")
NO_HANDLER: Final = _receipt(200, "no handler")
UNREADABLE: Final = _receipt(400, "not an event")
REFUSED: Final = _receipt(401, "signature refused")
TOO_OLD: Final = _receipt(401, "too old")
NOT_A_POST: Final = _receipt(405, "POST only", {"allow": "POST"})
TOO_LARGE: Final = _receipt(413, "too large")
BODY_TAKEN: Final = _receipt(500, "the body was read before")
BUSY: Final = _receipt(503, "being handled", {RETRY_AFTER_HEADER: str(BUSY_SECONDS)})
STORE_FAILED: Final = _receipt(503, "not recorded", {RETRY_AFTER_HEADER: str(BUSY_SECONDS)})


class NotReceived(Exception):
    """A request whose body is not to be had, for those who read it.

    Attributes:
        receipt: What to answer.
    """

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt)
        self.receipt: Final = receipt


class _NoHandler(Exception):
    """Leaves the block of `once`, so that the event is released: who adds a handler can have it replayed."""


class _Gate:
    """What the two receivers have in common: all that comes before an event is handled."""

    def __init__(
        self, signature_header: str, max_body: int, endpoint: str | None, max_age: float | timedelta | None
    ) -> None:
        if not signature_header:
            raise ValueError("signature_header is empty. Leave it out, or name the header that the signature comes in.")
        if max_body < 1:
            raise ValueError(f"max_body must be at least 1 byte, not {max_body}.")
        self._signature_header: Final = signature_header
        self._endpoint: Final = checked_endpoint(endpoint)
        self._max_age: Final = checked_age(max_age)
        self.max_body: Final = max_body
        """How many bytes of a body the receiver takes."""

    def _keep(self, secret: Secret | Callable[[], Secret]) -> Exception | None:
        """Keeps the secret, and says what is wrong with it. What a function will return is not known yet."""
        self._secret = secret
        if callable(secret):
            return None
        try:
            verify(b"", None, secret)
        except WebhookVerificationError:
            return None  # There is no signature, of course; but the secret is one.
        except (TypeError, ValueError) as error:
            return error.with_traceback(None)
        return None

    def __getstate__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} holds the webhook's secret and cannot be pickled. Make one where it is needed."
        )

    def _admit(self, body: bytes, headers: Headers) -> WebhookEvent | Receipt:
        """The event, or what to answer if it is none."""
        if not isinstance(body, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]  # not everybody checks types
            raise TypeError(
                f"body must be the raw body as bytes, before anything decodes or parses it, not {type(body).__name__}."
            )
        if len(body) > self.max_body:
            return TOO_LARGE
        signatures, lengths = header_values(headers, self._signature_header, "content-length")
        if not body and signatures and any(is_announced_larger(length, 0) for length in lengths):
            return body_taken()
        try:
            scopes = self._verified(body, only_signature(signatures, self._signature_header))
        except WebhookVerificationError as error:
            _log.warning("A delivery was refused. %s", error)
            return REFUSED
        try:
            event = event_in(body, scopes)
        except WebhookVerificationError as error:
            _log.warning("A delivery with a right signature is no event. %s", error)
            return UNREADABLE
        try:
            check_age(event.created_at, self._max_age)
        except WebhookVerificationError as error:
            _log.warning("A delivery with a right signature was refused. %s", error)
            return TOO_OLD
        return event

    def _verified(self, body: bytes, signature: str | None) -> Sequence[str]:
        """Verifies a delivery, and says in which scopes its event is claimed."""
        secret = self._secret() if callable(self._secret) else self._secret
        try:
            verify(body, signature, secret, signature_header=self._signature_header)
            return scopes_of(secret, self._endpoint)
        finally:
            del secret  # Error trackers collect the variables of a traceback's frames.


class WebhookReceiver(_Gate):
    """Receives deliveries. Threads can share it.

    Args:
        secret: The webhook's secret; several while it is being rotated. Or a function that returns these: it is called
            for each delivery, so a rotation needs no restart.
        events: What handles the events.
        store: Remembers which events were handled, so that each is handled once; see `orbitconnect.webhooks.once`.
            Without one, an event is handled as often as it is delivered.
        signature_header: The header that the signature comes in, in any case.
        max_body: How many bytes a delivery may have at most.
        endpoint: Names the endpoint in the store. By default its secrets do, so receivers with different secrets can
            share a store. Receivers with the same name share what was handled.
        max_age: Refuse an event that was created longer ago than so many seconds, or a `timedelta`. The last retry
            comes some 76 hours after the event (inferred). Up to the store's `keep` it closes the gap to a delivery
            that is captured and sent when the store has forgotten the event.

    Raises:
        TypeError: If an argument has the wrong type, such as None as the secret.
        ValueError: If there is no secret, or one is empty or has white space, quotes or a byte order mark around it;
            or if `signature_header` is empty, `max_body` is less than 1, `max_age` is not positive or `endpoint` is no
            name.

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
        flaw = self._keep(secret)
        del secret  # Error trackers collect the variables of a traceback's frames.
        if flaw is not None:
            raise flaw
        super().__init__(signature_header, max_body, endpoint, max_age)
        if inspect.iscoroutinefunction(events.dispatch):
            raise TypeError("events is asynchronous. Take an EventDispatcher, or an AsyncWebhookReceiver.")
        if store is not None and inspect.iscoroutinefunction(store.claim):
            raise TypeError("store is asynchronous. Take a ClaimStore, or an AsyncWebhookReceiver.")
        self._events: Final = events
        self._store: Final = store

    def receive(self, body: bytes, headers: Headers) -> Receipt:
        """Takes a delivery.

        Args:
            body: The raw body, byte for byte as it came.
            headers: The request's headers: a mapping with names in any case, a WSGI environ, or pairs. Two signatures
                are refused, so pass pairs where you have a choice: a mapping may have lost one of the two.

        Returns:
            What to answer. Whatever comes from outside, this is how it ends.

        Raises:
            Exception: What a handler raised; the event is released before, so that the next delivery is handled.
            TypeError: If the body is not bytes, the headers have no known form, or the function that returns the
                secret returns none.
            ValueError: If the function that returns the secret returns one that is empty or not clean.

        Example:
            ```python
            receipt = receiver.receive(request.get_data(), request.headers.items())
            ```
        """
        admitted = self._admit(body, headers)
        # A handler's error passes through here, and error trackers collect the variables of a traceback's frames.
        del body, headers
        if isinstance(admitted, Receipt):
            return admitted
        if self._store is None:
            return HANDLED if self._events.dispatch(admitted) else NO_HANDLER
        try:
            with once(self._store, admitted) as claim:
                if not claim:
                    return ALREADY_HANDLED
                if not self._events.dispatch(admitted):
                    raise _NoHandler
        except _NoHandler:
            return NO_HANDLER
        except OnceError as error:
            return _not_once(error)
        return HANDLED


class AsyncWebhookReceiver(_Gate):
    """`WebhookReceiver` for asyncio.

    Args:
        secret: As for `WebhookReceiver`. A function is called in the event loop, so it should not wait for anything.
        events: What handles the events.
        store: Remembers which events were handled, so that each is handled once. Any store will do: one without asyncio
            is called in threads. Without one, an event is handled as often as it is delivered.
        signature_header: The header that the signature comes in, in any case.
        max_body: How many bytes a delivery may have at most.
        endpoint: Names the endpoint in the store. By default its secrets do, so receivers with different secrets can
            share a store. Receivers with the same name share what was handled.
        max_age: Refuse an event that was created longer ago than so many seconds, or a `timedelta`. The last retry
            comes some 76 hours after the event (inferred). Up to the store's `keep` it closes the gap to a delivery
            that is captured and sent when the store has forgotten the event.

    Raises:
        TypeError: If an argument has the wrong type, such as None as the secret.
        ValueError: If there is no secret, or one is empty or has white space, quotes or a byte order mark around it;
            or if `signature_header` is empty, `max_body` is less than 1, `max_age` is not positive or `endpoint` is no
            name.

    Example:
        ```python
        receiver = AsyncWebhookReceiver(secret=secret, events=events, store=AsyncRedisStore(redis))
        ```
    """

    def __init__(
        self,
        *,
        secret: Secret | Callable[[], Secret],
        events: AsyncEventDispatcher,
        store: ClaimStore | AsyncClaimStore | None = None,
        signature_header: str = SIGNATURE_HEADER,
        max_body: int = DEFAULT_MAX_BODY,
        endpoint: str | None = None,
        max_age: float | timedelta | None = None,
    ) -> None:
        flaw = self._keep(secret)
        del secret  # Error trackers collect the variables of a traceback's frames.
        if flaw is not None:
            raise flaw
        super().__init__(signature_header, max_body, endpoint, max_age)
        if not inspect.iscoroutinefunction(events.dispatch):
            raise TypeError("events is not asynchronous. Take an AsyncEventDispatcher; it takes plain functions, too.")
        self._events: Final = events
        self._store: Final = store

    async def receive(self, body: bytes, headers: Headers) -> Receipt:
        """Takes a delivery; see `WebhookReceiver.receive`. If its task is cancelled, the event is released.

        Args:
            body: The raw body, byte for byte as it came.
            headers: The request's headers: a mapping with names in any case, a WSGI environ, or pairs. Two signatures
                are refused, so pass pairs where you have a choice: a mapping may have lost one of the two.

        Returns:
            What to answer. Whatever comes from outside, this is how it ends.

        Raises:
            Exception: What a handler raised; the event is released before, so that the next delivery is handled.
            TypeError: If the body is not bytes, the headers have no known form, or the function that returns the
                secret returns none.
            ValueError: If the function that returns the secret returns one that is empty or not clean.

        Example:
            ```python
            receipt = await receiver.receive(await request.body(), request.headers.items())
            ```
        """
        admitted = self._admit(body, headers)
        # A handler's error passes through here, and error trackers collect the variables of a traceback's frames.
        del body, headers
        if isinstance(admitted, Receipt):
            return admitted
        if self._store is None:
            return HANDLED if await self._events.dispatch(admitted) else NO_HANDLER
        try:
            async with async_once(self._store, admitted) as claim:
                if not claim:
                    return ALREADY_HANDLED
                if not await self._events.dispatch(admitted):
                    raise _NoHandler
        except _NoHandler:
            return NO_HANDLER
        except OnceError as error:
            return _not_once(error)
        return HANDLED


def _not_once(error: OnceError) -> Receipt:
    """What to answer if an event was not handled, or not for certain once."""
    if isinstance(error, EventBusy):
        return BUSY
    _log.error("A delivery has to come again: %s", error, exc_info=error)
    return STORE_FAILED


def unreadable_body(error: Exception) -> Receipt:
    """What to answer if reading the body failed, such as when the sender went away. The log says why."""
    _log.warning("The body of a delivery could not be read: %s", type(error).__name__)
    return UNREADABLE


def body_taken() -> Receipt:
    """What to answer if the application has read the body already. The log says so."""
    _log.error(_TAKEN)
    return BODY_TAKEN


def is_announced_larger(content_length: str | None, limit: int) -> bool:
    """Whether a request says by itself that its body is larger than a limit. What is no number says nothing."""
    digits = content_length or ""
    return digits.isascii() and digits.isdecimal() and (len(digits) > len(str(limit)) or int(digits) > limit)
