"""Who may call at all: the secret key, the request's signature, the acting user."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Final

from orbitconnect_api import operations

from .refusals import Refusal, unauthorized
from .rules import ACTING_USER, ACTING_USER_ACTIVE, SECRET_KEY, SIGNATURE, SIGNATURE_AGE, TEST_KEYS_ONLY
from .store import Store

TEST_KEY: Final = "sk_test_emulator"
"""A key that works. All test keys do, and all lead to the same state."""

SIGNATURE_TOLERANCE: Final = 5 * 60 * 1_000_000

_TEST_KEY: Final = re.compile(r"sk_test_[!-~]+")
_TIMESTAMP: Final = re.compile(r"\d{1,15}", re.ASCII)
_EMPTY_BODY: Final = b"{}"


def check_key(headers: Mapping[str, str]) -> None:
    """Lets test keys in. A live key must never get here, so it is refused with a reason.

    Raises:
        Refusal: If the key is missing or no test key.
    """
    key = headers.get(operations.SECRET_KEY_HEADER)
    if not key:
        raise unauthorized(f"The secret key is missing: it goes into {operations.SECRET_KEY_HEADER}.", SECRET_KEY)
    if key.startswith("sk_live_"):
        raise unauthorized(
            "This is the emulator, and it takes no live key. Use one that starts with sk_test_.", TEST_KEYS_ONLY
        )
    if key.startswith("pk_"):
        raise unauthorized("This is a publishable key. The server API takes a secret one, sk_test_….", SECRET_KEY)
    if not _TEST_KEY.fullmatch(key):
        raise unauthorized("Unknown API key. The emulator takes any that starts with sk_test_.", SECRET_KEY)


def check_signature(headers: Mapping[str, str], body: bytes, secret: bytes, now: int, machine_now: int) -> None:
    """Check the request's signature.

    Its timestamp must be close to the emulator's clock or to the machine's: a client in another process keeps signing
    with the machine's time after the emulator's clock was turned forward, stopped, or put back with a state.

    Args:
        headers: The request's headers.
        body: Its exact bytes.
        secret: The signing secret.
        now: The emulator's time, in microseconds.
        machine_now: The machine's time, in microseconds.

    Raises:
        Refusal: If it is missing or wrong, or its timestamp is too far from both times.
    """
    timestamp = headers.get(operations.TIMESTAMP_HEADER)
    signature = headers.get(operations.SIGNATURE_HEADER)
    if timestamp is None or signature is None:
        raise unauthorized(
            f"The emulator has a signing secret, and the request is not signed: {operations.TIMESTAMP_HEADER} or "
            f"{operations.SIGNATURE_HEADER} is missing.",
            SIGNATURE,
        )
    expected = hmac.digest(secret, timestamp.encode() + b"." + (body or _EMPTY_BODY), "sha256").hex()
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise unauthorized("The request's signature does not match.", SIGNATURE)
    if not _TIMESTAMP.fullmatch(timestamp):
        raise unauthorized(f"{operations.TIMESTAMP_HEADER} must be the Unix time in milliseconds.", SIGNATURE)
    distance, machine_distance = (int(timestamp) * 1000 - time for time in (now, machine_now))
    if min(abs(distance), abs(machine_distance)) > SIGNATURE_TOLERANCE:
        raise unauthorized(
            f"The request's timestamp is {_off(distance)} the emulator's clock and {_off(machine_distance)} the "
            f"machine's; {SIGNATURE_TOLERANCE // 1_000_000} s from one of them are allowed.",
            SIGNATURE_AGE,
        )


def _off(distance: int) -> str:
    return f"{abs(distance) // 1_000_000} s {'ahead of' if distance > 0 else 'behind'}"


def acting_user(headers: Mapping[str, str], store: Store) -> str:
    """The id of the user on whose behalf the request is made.

    Raises:
        Refusal: If it is missing, unknown or deactivated.
    """
    user_id = headers.get(operations.ACTING_USER_HEADER)
    if not user_id:
        raise Refusal(
            400,
            "acting_user_required",
            f"The operation is done on behalf of a user: name one in {operations.ACTING_USER_HEADER}.",
            ACTING_USER,
        )
    known = store.one("SELECT is_active FROM users WHERE id = ?", (user_id,))
    if known is None:
        raise Refusal(403, "acting_user_unknown", "The acting user does not exist.", ACTING_USER)
    if not known["is_active"]:
        raise Refusal(403, "acting_user_inactive", "The acting user is deactivated.", ACTING_USER_ACTIVE)
    return user_id
