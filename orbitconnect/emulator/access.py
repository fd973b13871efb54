"""Who can call the API: checks the secret key, the signature and the acting user of a request."""

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
"""A secret key that is accepted. All test keys are accepted, and all share one state."""

SIGNATURE_TOLERANCE: Final = 5 * 60 * 1_000_000
"""How far a signature's timestamp can be off, in microseconds."""

_TEST_KEY: Final = re.compile(r"sk_test_[!-~]+")
_TIMESTAMP: Final = re.compile(r"\d{1,15}", re.ASCII)
_EMPTY_BODY: Final = b"{}"


def check_key(headers: Mapping[str, str]) -> None:
    """Check the secret key. The message for a live key says that it must not be used here.

    Raises:
        Refusal: If the key is missing or is not a test key.
    """
    key = headers.get(operations.SECRET_KEY_HEADER)
    if key and _TEST_KEY.fullmatch(key):
        return
    if not key:
        raise unauthorized(
            f"The secret key is missing. Send it in the header {operations.SECRET_KEY_HEADER}.", SECRET_KEY
        )
    if key.startswith("sk_live_"):
        raise unauthorized(
            "The emulator does not accept live keys. Use a key that starts with sk_test_.", TEST_KEYS_ONLY
        )
    if key.startswith("pk_"):
        raise unauthorized("This is a publishable key. Use a secret key that starts with sk_test_.", SECRET_KEY)
    raise unauthorized("Unknown API key. The emulator accepts any key that starts with sk_test_.", SECRET_KEY)


def check_signature(headers: Mapping[str, str], body: bytes, secret: bytes, now: int, machine_now: int) -> None:
    """Check a request's signature.

    Its timestamp must be close to the emulator's clock or to the machine's clock: a client in another process signs
    with the machine's time, even if the emulator's clock was advanced, stopped or restored.

    Args:
        headers: The request's headers.
        body: The exact bytes of the request's body.
        secret: The signing secret.
        now: The emulator's time in microseconds.
        machine_now: The machine's time in microseconds.

    Raises:
        Refusal: If the signature is missing or wrong, or its timestamp is too far from both clocks.
    """
    timestamp = headers.get(operations.TIMESTAMP_HEADER)
    signature = headers.get(operations.SIGNATURE_HEADER)
    if timestamp is None or signature is None:
        raise unauthorized(
            f"The emulator has a signing secret, but the request is not signed: the header "
            f"{operations.TIMESTAMP_HEADER} or {operations.SIGNATURE_HEADER} is missing.",
            SIGNATURE,
        )
    expected = hmac.digest(secret, timestamp.encode() + b"." + (body or _EMPTY_BODY), "sha256").hex()
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise unauthorized("The request's signature does not match.", SIGNATURE)
    if not _TIMESTAMP.fullmatch(timestamp):
        raise unauthorized(
            f"The header {operations.TIMESTAMP_HEADER} must be the Unix time in milliseconds.", SIGNATURE
        )
    distance, machine_distance = (int(timestamp) * 1000 - time for time in (now, machine_now))
    if min(abs(distance), abs(machine_distance)) > SIGNATURE_TOLERANCE:
        raise unauthorized(
            f"The signature's timestamp is {_off(distance)} the emulator's clock and {_off(machine_distance)} the "
            f"machine's clock. It must be within {SIGNATURE_TOLERANCE // 1_000_000} s of one of them.",
            SIGNATURE_AGE,
        )


def _off(distance: int) -> str:
    return f"{abs(distance) // 1_000_000} s {'ahead of' if distance > 0 else 'behind'}"


def check_acting_user(headers: Mapping[str, str], store: Store) -> str:
    """Check the acting user, and return the user's id.

    Raises:
        Refusal: If the acting user is missing from the request, does not exist, or is deactivated.
    """
    user_id = headers.get(operations.ACTING_USER_HEADER)
    if not user_id:
        raise Refusal(
            400,
            "acting_user_required",
            f"This operation needs an acting user. Send the user's id in the header {operations.ACTING_USER_HEADER}.",
            ACTING_USER,
        )
    is_active = store.scalar(int, "SELECT is_active FROM users WHERE id = ?", (user_id,))
    if is_active is None:
        raise Refusal(403, "acting_user_unknown", "The acting user does not exist.", ACTING_USER)
    if not is_active:
        raise Refusal(403, "acting_user_inactive", "The acting user is deactivated.", ACTING_USER_ACTIVE)
    return user_id
