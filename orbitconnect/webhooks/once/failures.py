"""The errors of stores and of `once`, with their messages."""

from __future__ import annotations

import logging
import re
from typing import Final

from .keys import shown
from .protocol import Claim, EventBusy, LeaseLost, OnceError, StoreError

# If drivers cannot parse a connection string, they quote it, or the part where parsing failed.
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/\s@]*(?=@)|(?<=password=)[^\s&]+", re.IGNORECASE)
_QUOTED: Final = re.compile(r"([\"'`])[^\"'`]*\1")

_log = logging.getLogger("orbitconnect.webhooks")


def check_busy(claim: Claim, key: str) -> None:
    """Raise if another worker is handling the event.

    Raises:
        EventBusy: If the claim's status is "busy".
    """
    if claim.status == "busy":
        raise EventBusy(
            f"Another worker is handling {shown(key)} right now. Respond with 503 so that the sender retries, in case "
            "the other worker fails."
        )


def lost(key: str) -> LeaseLost:
    """Return the error for a commit whose claim was taken over by another worker."""
    return LeaseLost(
        f"Another worker took over {shown(key)} while it was being handled, and may have handled it, too. If the lease "
        "expired, make the handler faster, or increase the store's lease. If the store lost its data, configure it to "
        "keep them."
    )


def unrecorded(key: str, error: StoreError) -> StoreError:
    """Return the error for an event that was handled, but whose commit failed."""
    return StoreError(
        f"{shown(key)} was handled, but could not be recorded as handled: {error} After its lease has expired, the "
        "next delivery will be handled again."
    )


def log_unreleased(key: str, error: OnceError) -> None:
    """Log that a claim could not be released."""
    _log.warning("%s was not handled, and stays claimed until its lease expires: %s", shown(key), error)


def store_error(step: str, error: BaseException, *, is_connecting: bool = False) -> StoreError:
    """Return the error for a driver's exception.

    Raise it outside of the `except` block, so that no exception is chained to it.

    Args:
        step: What the store was doing.
        error: The driver's exception.
        is_connecting: Whether it was raised while opening a connection. If so, the message omits everything that the
            driver quotes, because it may be part of the password.
    """
    text = _CREDENTIALS.sub("***", str(error))
    words = " ".join((_QUOTED.sub("***", text) if is_connecting else text).split())[:500]
    return StoreError(f"The store of handled events failed to {step}: {type(error).__name__}: {words}")
