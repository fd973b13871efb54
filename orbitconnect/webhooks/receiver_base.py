"""What both receivers do before handling an event: check their arguments, verify the delivery, and build its event."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, NoReturn, TypeAlias

from .age import check_age, checked_age
from .dedupe import checked_endpoint, scopes_of
from .dispatcher import AsyncEventDispatcher, EventDispatcher
from .headers import Headers, header_values
from .once.protocol import AnyClaimStore, ClaimStore
from .parsing import WebhookEvent, event_in
from .receipts import REFUSED, TOO_LARGE, TOO_OLD, UNREADABLE, Receipt, body_taken
from .signature import WebhookVerificationError, only_signature, verify

DEFAULT_MAX_BODY: Final = 2**20
"""The default limit on a delivery's body: 1 MiB, far more than any event in the contract needs."""

Secret: TypeAlias = str | bytes | Sequence[str | bytes]
"""The secret of a webhook, or several secrets during a rotation."""

_log = logging.getLogger("orbitconnect.webhooks")


class NoHandler(Exception):
    """Leaves the block of `once` without a commit, so that a replay is handled as soon as there is a handler."""


class ReceiverBase:
    """The arguments that both receivers share, and the verification of deliveries."""

    def __init__(
        self,
        signature_header: str,
        max_body: int,
        endpoint: str | None,
        max_age: float | timedelta | None,
    ) -> None:
        if not signature_header:
            raise ValueError("signature_header is empty. Omit it, or pass the name of the signature's header.")
        if max_body < 1:
            raise ValueError(f"max_body must be at least 1 byte, not {max_body}.")
        self._signature_header: Final = signature_header
        self._endpoint: Final = checked_endpoint(endpoint)
        self._max_age: Final = checked_age(max_age)
        self.max_body: Final = max_body
        """The maximum size of a delivery's body, in bytes."""

    def _keep_secret(self, secret: Secret | Callable[[], Secret]) -> Exception | None:
        """Store the secret, and return the error if it is invalid. If it is a function, its result is checked later."""
        self._secret = secret
        if callable(secret):
            return None
        try:
            verify(b"", None, secret)
        except WebhookVerificationError:
            return None  # Only the signature is missing: the secret is valid.
        except (TypeError, ValueError) as error:
            return error.with_traceback(None)
        return None

    def __getstate__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} holds the webhook's secret and cannot be pickled. Create one where it is needed."
        )

    def _verified_event(self, body: bytes, headers: Headers) -> WebhookEvent | Receipt:
        """Return the event of a delivery, or the receipt if the delivery is refused."""
        if not isinstance(body, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
            raise TypeError(
                f"body must be the raw body as bytes, before anything decodes or parses it, not {type(body).__name__}."
            )
        if len(body) > self.max_body:
            return TOO_LARGE
        signatures, lengths = header_values(headers, self._signature_header, "content-length")
        if not body and signatures and any(is_announced_larger(length, 0) for length in lengths):
            return body_taken()
        try:
            scopes = self._verify(body, only_signature(signatures, self._signature_header))
        except WebhookVerificationError as error:
            _log.warning("A delivery was refused. %s", error)
            return REFUSED
        try:
            event = event_in(body, scopes)
        except WebhookVerificationError as error:
            _log.warning("A delivery with a valid signature is not an event. %s", error)
            return UNREADABLE
        try:
            check_age(event.created_at, self._max_age)
        except WebhookVerificationError as error:
            _log.warning("A delivery with a valid signature was refused. %s", error)
            return TOO_OLD
        return event

    def _verify(self, body: bytes, signature: str | None) -> Sequence[str]:
        """Verify a delivery and return the scopes in which its event is claimed."""
        secret = self._secret() if callable(self._secret) else self._secret
        try:
            verify(body, signature, secret, signature_header=self._signature_header)
            return scopes_of(secret, self._endpoint)
        finally:
            del secret  # Error trackers collect the local variables of a traceback's frames.


def check_parts(events: EventDispatcher, store: ClaimStore | None) -> None:
    """Check that a blocking receiver's dispatcher and store are blocking.

    Raises:
        TypeError: If one of them is asynchronous.
    """
    if inspect.iscoroutinefunction(events.dispatch):
        raise TypeError("events is asynchronous. Pass an EventDispatcher, or use an AsyncWebhookReceiver.")
    if store is not None and inspect.iscoroutinefunction(store.claim):
        raise TypeError("store is asynchronous. Pass a blocking store, or use an AsyncWebhookReceiver.")


def check_async_parts(events: AsyncEventDispatcher, store: AnyClaimStore | None) -> None:
    """Check that an asynchronous receiver's dispatcher is asynchronous. It accepts both async and blocking stores.

    Raises:
        TypeError: If the dispatcher is not asynchronous.
    """
    if not inspect.iscoroutinefunction(events.dispatch):
        raise TypeError("events is not asynchronous. Pass an AsyncEventDispatcher; it also takes plain functions.")


def is_announced_larger(content_length: str | None, limit: int) -> bool:
    """Return whether a request's Content-Length exceeds a limit.

    A value that is not a number counts as not exceeding it.
    """
    digits = content_length or ""
    return digits.isascii() and digits.isdecimal() and (len(digits) > len(str(limit)) or int(digits) > limit)
