"""The signature of a delivery: `sha256=` and the hex HMAC-SHA256 of the raw body under the webhook's secret.

A body and its signature come from outside: whatever a sender can do wrong is one exception, `WebhookVerificationError`.
What only the calling code can do wrong is a `TypeError` or a `ValueError`, and shows at the first delivery, whatever
that holds: a secret that is empty or not configured, a parsed body in place of the raw one.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Final, cast

from orbitconnect_api.operations import WEBHOOK_SIGNATURE_HEADER

SIGNATURE_HEADER: Final = WEBHOOK_SIGNATURE_HEADER
"""The header that carries the signature. The vendor does not name it: this is the name that the contract assumes."""

_PAYLOAD: Final = "payload (the raw body, before anything parses it)"
_SCHEME: Final = "sha256="
_HEX_LENGTH: Final = 64
_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")


class WebhookVerificationError(Exception):
    """A delivery is not to be trusted: its signature is missing, malformed, or not that of its body.

    Answer with the status 401 and do nothing else. The message says where to look when genuine deliveries are refused.
    It holds neither the secret nor the signature that would have been right. It is no `OrbitServerError`: nothing was
    called.
    """


def verify(payload: bytes | str, signature: str | bytes | None, secret: str | bytes | Sequence[str | bytes]) -> None:
    """Checks that a delivery was signed with the webhook's secret. It returns nothing, and raises if it was not.

    The hex digits may be in upper case, and spaces and tabs around the signature do not count, as around any header's
    value. The time that the comparison takes says nothing about the right signature.

    Args:
        payload: The raw body, byte for byte as it came. A string is taken as UTF-8; bytes are the safer choice.
        signature: The value of the header `SIGNATURE_HEADER`; None, as for a header that is not there, is refused.
        secret: The webhook's secret, as returned by `orbit.webhooks.create`. Several while it is being rotated: the
            signature has to be that of one of them.

    Raises:
        WebhookVerificationError: If anything is wrong with the signature or the body, whatever was sent.
        TypeError: If an argument has a type that is not listed, such as a dict as the payload or None as the secret.
        ValueError: If there is no secret, or one is empty (anyone could sign with that) or no valid text.

    Example:
        ```python
        verify(request.get_data(), request.headers.get(SIGNATURE_HEADER), [new_secret, old_secret])
        ```
    """
    try:
        _verify(payload, signature, secret)
    except (WebhookVerificationError, TypeError, ValueError) as error:
        # Error trackers collect the variables of a traceback's frames: the secret is in none of those that are left.
        del secret
        raise error.with_traceback(None) from None


def sign(payload: bytes | str, secret: str | bytes) -> str:
    """Signs a body as OrbitConnect does: for tests of your endpoint.

    Args:
        payload: The raw body. A string is taken as UTF-8.
        secret: The webhook's secret.

    Returns:
        The value of the header `SIGNATURE_HEADER`.

    Raises:
        TypeError: If an argument is neither bytes nor a string.
        ValueError: If the secret is empty, or a string cannot be encoded as UTF-8.

    Example:
        ```python
        body = b'{"id": "evt_77ab", "type": "message.sent"}'
        client.post("/webhooks/orbit", content=body, headers={SIGNATURE_HEADER: sign(body, secret)})
        ```
    """
    key = _key(secret, "secret")
    body = _encoded(payload, _PAYLOAD)
    if body is None:
        raise ValueError("payload holds a lone surrogate, which UTF-8 cannot encode.")
    return _SCHEME + _digest(key, body).hex()


def raw_body(payload: object) -> bytes:
    """The bytes of a body as it came.

    Raises:
        WebhookVerificationError: If there is none, or it is text that no bytes stand for.
        TypeError: If it is something else, such as JSON that is parsed already.
    """
    if payload is None:  # Some platforms give an empty body as None, and an empty body is the sender's doing.
        raise WebhookVerificationError("The request has no body, so it is no delivery. Refuse it.")
    body = _encoded(payload, _PAYLOAD)
    if body is None:
        raise WebhookVerificationError(
            "The body holds a lone surrogate, so it is not what came. Pass the raw body as bytes, before it is decoded."
        )
    return body


def _verify(payload: object, signature: object, secret: object) -> None:
    keys = _keys(secret)
    body = raw_body(payload)
    claimed = _claimed_digest(signature)
    if not any(hmac.compare_digest(_digest(key, body), claimed) for key in keys):
        raise WebhookVerificationError(
            "The signature does not match the body. Pass the raw body, byte for byte as it came, not JSON that was "
            "parsed and serialised again, and the secret of this very webhook; while it is being rotated, the new and "
            "the old one. If all that is so, the request does not come from OrbitConnect: refuse it."
        )


def _claimed_digest(signature: object) -> bytes:
    """Reads the digest from a signature."""
    if signature is not None and not isinstance(signature, (str, bytes)):
        raise TypeError(f"signature must be a string, bytes or None, not {type(signature).__name__}.")
    # In Latin-1 every byte is a character, and what is not ASCII stays so.
    text = (signature.decode("latin-1") if isinstance(signature, bytes) else signature or "").strip(" \t")
    if not text:
        raise WebhookVerificationError(
            f"The request has no signature. Pass the value of its {SIGNATURE_HEADER} header, or of the header that "
            "your webhook is signed in; if it has none, refuse it."
        )
    digits = text.removeprefix(_SCHEME)
    if digits == text:
        raise _malformed(f"it does not begin with {_SCHEME}")
    if not _HEX_DIGITS.issuperset(digits):
        raise _malformed("it holds a character that is no hex digit")
    if len(digits) != _HEX_LENGTH:
        raise _malformed(f"it has {len(digits)} hex digits")
    return bytes.fromhex(digits)


def _malformed(what: str) -> WebhookVerificationError:
    return WebhookVerificationError(
        f"The signature is malformed: {what}. Pass the value of the {SIGNATURE_HEADER} header as it came, which is "
        f"{_SCHEME} and {_HEX_LENGTH} hex digits; if it is not, refuse the request."
    )


def _keys(secret: object) -> list[bytes]:
    if isinstance(secret, (str, bytes)):
        return [_key(secret, "secret")]
    if not isinstance(secret, Sequence):
        raise TypeError(
            f"secret must be a string, bytes or a sequence of these, not {type(secret).__name__}. "
            "Is the setting that it comes from there?"
        )
    keys = [_key(item, f"secret[{index}]") for index, item in enumerate(cast("Sequence[object]", secret))]
    if not keys:
        raise ValueError("There is no secret. Give at least one.")
    return keys


def _key(secret: object, name: str) -> bytes:
    key = _encoded(secret, name)
    if key is None:
        raise ValueError(f"{name} holds a lone surrogate, which UTF-8 cannot encode.")
    if not key:
        raise ValueError(f"{name} is empty: anyone could sign with it. Is the setting that it comes from there?")
    return key


def _encoded(value: object, name: str) -> bytes | None:
    """Encodes text as UTF-8; None where that cannot be done."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        try:
            return value.encode()
        except UnicodeEncodeError:  # It holds the value, so nothing is raised from here.
            return None
    raise TypeError(f"{name} must be bytes or a string, not {type(value).__name__}.")


def _digest(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")
