"""The receipts of deliveries: the response to send for each outcome."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import SafeRepr

from .once import EventBusy, OnceError

BUSY_SECONDS: Final = 30
"""The `Retry-After` of a delivery whose event another worker is handling, in seconds."""

_BODY_TAKEN_MESSAGE: Final = (
    "A delivery arrived with an empty body, although its Content-Length declared one. Most likely, a middleware or a "
    "hook of the application read the body before the webhook's view did. Exclude the webhook's path there, or keep "
    "the body for later readers."
)

_log = logging.getLogger("orbitconnect.webhooks")


@frozen(repr=False)
class Receipt(SafeRepr):
    """The response to a delivery.

    Attributes:
        status: The status.
        body: A few words, as plain text, about what was done. The sender keeps it in its delivery log.
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
    """Raised by code that reads a request's body if there is no body to verify.

    Attributes:
        receipt: The response to send.
    """

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt)
        self.receipt: Final = receipt


def unreadable_body(error: Exception) -> Receipt:
    """Return the receipt if reading the body failed, for example because the sender disconnected. Logs why."""
    _log.warning("The body of a delivery could not be read: %s", type(error).__name__)
    return UNREADABLE


def body_taken() -> Receipt:
    """Return the receipt if the application has already read the body. Logs how to change that."""
    _log.error(_BODY_TAKEN_MESSAGE)
    return BODY_TAKEN


def not_handled_once(error: OnceError) -> Receipt:
    """Return the receipt if an event was not handled, or possibly twice. Logs the error unless the event is busy."""
    if isinstance(error, EventBusy):
        return BUSY
    _log.error("An event was not handled or not recorded, so a retry is needed: %s", error, exc_info=error)
    return STORE_FAILED
