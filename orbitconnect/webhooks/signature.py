"""The signature of a delivery: `sha256=` and the hex HMAC-SHA256 of the raw body, keyed with the webhook's secret.

The sender controls the body and the signature. Any fault in them raises `WebhookVerificationError`. A mistake in the
calling code, such as a missing secret or a parsed body, raises `TypeError` or `ValueError` at the first delivery,
regardless of what the delivery contains.
"""

from __future__ import annotations

import hmac
import string
from collections.abc import Sequence
from typing import Final, cast

from orbitconnect_api.operations import WEBHOOK_SIGNATURE_HEADER

from .headers import Headers, header_values

SIGNATURE_HEADER: Final = WEBHOOK_SIGNATURE_HEADER
"""The header that carries the signature. The name is inferred: OrbitConnect does not document it."""

_PAYLOAD: Final = "payload (the raw body, before anything parses it)"
_SCHEME: Final = "sha256="
_HEX_LENGTH: Final = 64
_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")
_SPACE: Final = (
    string.whitespace
    + "\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_MARKS: Final = "\ufeff\ufffe\xad\u200b\u200e\u200f\u2060"
"""Byte order marks, and invisible characters that are easily copied from web pages."""
_UTF16_MARKS: Final = ("\udcff\udcfe", "\udcfe\udcff")
"""UTF-16 byte order marks, as surrogate escapes."""
_MISREAD_MARK: Final = "\xef\xbb\xbf"
"""The UTF-8 byte order mark, decoded as Latin-1."""
_CONTROLS: Final = "".join(map(chr, range(0x20))) + "\x7f"
_QUOTES: Final = "\"'`\u2018\u2019\u201c\u201d"
_MISMATCH: Final = (
    "The signature does not match the body. Pass the raw body, byte for byte as it was received, not JSON that was "
    "parsed and serialized again. Pass the secret of this webhook; while it is being rotated, pass the new and the old "
    "one. If you already do, the request does not come from OrbitConnect: refuse it."
)
_EMPTY: Final = (
    "The signature does not match the body: the body is empty. If this happens to genuine deliveries, the secret is "
    "not the cause. Either something in the application, such as a middleware or a hook, has read the body before, or "
    "the server does not pass on chunked bodies (Transfer-Encoding: chunked). Otherwise, the request does not come "
    "from OrbitConnect: refuse it."
)


class WebhookVerificationError(Exception):
    """A delivery cannot be trusted: its signature is missing, malformed or wrong, or its body is not an event.

    Respond with 401 and do nothing else. The message says what to check if genuine deliveries are refused. It contains
    neither the secret nor the correct signature. It is not an `OrbitServerError`, because no call was made.
    """


def verify(
    payload: bytes | str,
    signature: str | bytes | Headers | None,
    secret: str | bytes | Sequence[str | bytes],
    *,
    signature_header: str = SIGNATURE_HEADER,
) -> None:
    """Check that a delivery was signed with the webhook's secret; raise if it was not.

    The comparison takes constant time. The hex digits may be upper case, and spaces and tabs around the signature are
    ignored, as they are for any header.

    Args:
        payload: The raw body, byte for byte as it was received. A string is encoded as UTF-8; bytes are safer.
        signature: The request's headers, or the value of the signature's header. Headers may be a mapping with names in
            upper or lower case, a WSGI environ, or pairs. None (a missing header) is refused.
        secret: The webhook's secret, as returned by `orbit.webhooks.create`. During a rotation, pass several secrets:
            the signature must match one of them.
        signature_header: The name of the signature's header (case-insensitive).

    Raises:
        WebhookVerificationError: If the signature is missing, malformed or wrong, or there are two of them.
        TypeError: If an argument has the wrong type, such as a dict as the payload or None as the secret.
        ValueError: If there is no secret, or a secret is empty, is not valid text, or is surrounded by white space,
            quotes or a byte order mark.

    Example:
        ```python
        verify(request.get_data(), request.headers, [new_secret, old_secret])
        ```
    """
    try:
        _verify(payload, signature, secret, signature_header)
    except (WebhookVerificationError, TypeError, ValueError) as error:
        # Error trackers collect the local variables of a traceback's frames, so no frame may contain the secret.
        del secret
        raise error.with_traceback(None) from None


def sign(payload: bytes | str, secret: str | bytes) -> str:
    """Sign a body as OrbitConnect does, to test your endpoint.

    Args:
        payload: The raw body. A string is encoded as UTF-8.
        secret: The webhook's secret.

    Returns:
        The value for the header `SIGNATURE_HEADER`.

    Raises:
        TypeError: If an argument is neither bytes nor a string.
        ValueError: If the secret is empty or malformed (see `verify`), or a string cannot be encoded as UTF-8.

    Example:
        ```python
        body = b'{"id": "evt_77ab", "type": "message.sent"}'
        client.post("/webhooks/orbit", content=body, headers={SIGNATURE_HEADER: sign(body, secret)})
        ```
    """
    key = _key(secret, "secret")
    body = _encoded(payload, _PAYLOAD)
    if body is None:
        raise ValueError("payload contains a lone surrogate, which UTF-8 cannot encode.")
    return _SCHEME + _digest(key, body).hex()


def raw_body(payload: object) -> bytes:
    """Return the bytes of a body.

    Raises:
        WebhookVerificationError: If there is no body, or it is text that UTF-8 cannot encode.
        TypeError: If the body has any other type, such as parsed JSON.
    """
    if payload is None:  # Some platforms pass None for an empty body, so this is the sender's fault.
        raise WebhookVerificationError("The request has no body, so it is not a delivery. Refuse it.")
    body = _encoded(payload, _PAYLOAD)
    if body is None:
        raise WebhookVerificationError(
            "The body contains a lone surrogate, so it is not the raw body. Pass the raw body as bytes, before it is "
            "decoded."
        )
    return body


def signature_value(headers: Headers | None, name: str) -> str | None:
    """Return the value of the signature's header, or None if the request has none.

    Raises:
        WebhookVerificationError: If the request has several such headers.
    """
    (values,) = header_values(headers, name)
    return only_signature(values, name)


def only_signature(values: Sequence[str], name: str) -> str | None:
    """Return a header's only value, or None; see `signature_value`."""
    if len(values) > 1:
        raise WebhookVerificationError(
            f"The request has {len(values)} {name} headers, and servers differ in which one they read. Refuse it. If "
            "this happens to genuine deliveries, check whether a proxy in front of this server adds a header."
        )
    return values[0] if values else None


def checked_secret(secret: str | bytes) -> None:
    """Check that a value can be a webhook's secret.

    Raises:
        TypeError: If it is neither bytes nor a string.
        ValueError: If it is empty, or is surrounded by characters that cannot be part of a secret.
    """
    _key(secret, "secret")


def _verify(payload: object, signature: object, secret: object, signature_header: str) -> None:
    keys = _keys(secret)
    body = raw_body(payload)
    claimed = _claimed_digest(signature, signature_header)
    if not any(hmac.compare_digest(_digest(key, body), claimed) for key in keys):
        raise WebhookVerificationError(_MISMATCH if body else _EMPTY)


def _claimed_digest(signature: object, name: str) -> bytes:
    """Return the digest that a signature contains."""
    if signature is not None and not isinstance(signature, (str, bytes)):
        signature = _signature_in(signature, name)
    # Latin-1 can decode any byte, and non-ASCII characters stay recognisable.
    text = (signature.decode("latin-1") if isinstance(signature, bytes) else signature or "").strip(" \t")
    if not text:
        raise WebhookVerificationError(
            f"The request has no signature. Pass its headers, or the value of its {name} header. If your webhook uses "
            "another header, pass that header's name as signature_header. If the request is not signed, reject it."
        )
    digits = text.removeprefix(_SCHEME)
    if digits == text:
        raise _malformed(f"it does not begin with {_SCHEME}", name)
    if not _HEX_DIGITS.issuperset(digits):
        raise _malformed("it contains a character that is not a hex digit", name)
    if len(digits) != _HEX_LENGTH:
        raise _malformed(f"it has {len(digits)} hex digits", name)
    return bytes.fromhex(digits)


def _signature_in(headers: object, name: str) -> str | None:
    kind = type(headers).__name__
    try:
        return signature_value(cast("Headers", headers), name)
    except TypeError:
        pass
    raise TypeError(
        f"signature must be a string, bytes, None or the request's headers, not {kind}. Headers may be a mapping of "
        "names to values, a WSGI environ, or pairs of a name and a value."
    )


def _malformed(what: str, name: str) -> WebhookVerificationError:
    return WebhookVerificationError(
        f"The signature is malformed: {what}. Pass the value of the {name} header unchanged. A valid one is "
        f"{_SCHEME} and {_HEX_LENGTH} hex digits; refuse the request if it is anything else."
    )


def _keys(secret: object) -> list[bytes]:
    if isinstance(secret, (str, bytes)):
        return [_key(secret, "secret")]
    if not isinstance(secret, Sequence):
        raise TypeError(
            f"secret must be a string, bytes or a sequence of these, not {type(secret).__name__}. "
            "Check that the setting it comes from exists."
        )
    keys = [_key(item, f"secret[{index}]") for index, item in enumerate(cast("Sequence[object]", secret))]
    if not keys:
        raise ValueError("secret is an empty sequence. Pass at least one secret.")
    return keys


def _key(secret: object, name: str) -> bytes:
    key = _encoded(secret, name)
    if key is None:
        raise ValueError(f"{name} contains a lone surrogate, which UTF-8 cannot encode.")
    if not key:
        raise ValueError(f"{name} is empty, so anyone could sign with it. Check that the setting it comes from exists.")
    flaw = _flaw(key.decode("utf-8", "surrogateescape"))
    if flaw:
        raise ValueError(
            f"{name} {flaw}, which is not part of a webhook's secret: every delivery would be refused. Remove it where "
            "the secret is configured, or strip it when you read the setting."
        )
    return key


def _flaw(secret: str) -> str | None:
    """Describe what a configuration file, a shell or an editor has left around a secret, or return None."""
    if not secret.strip(_SPACE):
        return "is only white space"
    if secret[0] in _MARKS or secret.startswith((*_UTF16_MARKS, _MISREAD_MARK)):
        return "begins with a byte order mark"
    if secret[-1] in "\r\n" or secret.endswith(("\\n", "\\r")):
        return "ends with a line break"
    if "\n" in secret or "\r" in secret:
        return "contains a line break"
    if secret[0] in _SPACE or secret[-1] in _SPACE or secret[-1] in _MARKS:
        return f"{'begins' if secret[0] in _SPACE else 'ends'} with white space"
    if secret[0] in _CONTROLS or secret[-1] in _CONTROLS:  # Some files end with NUL or Ctrl-Z.
        return f"{'begins' if secret[0] in _CONTROLS else 'ends'} with a control character"
    if secret[0] in _QUOTES or secret[-1] in _QUOTES:
        return f"{'begins' if secret[0] in _QUOTES else 'ends'} with a quotation mark"
    return None


def _encoded(value: object, name: str) -> bytes | None:
    """Return text encoded as UTF-8, or None if that is impossible."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        try:
            return value.encode()
        except UnicodeEncodeError:  # That exception contains the value, so it must not be chained.
            return None
    raise TypeError(f"{name} must be bytes or a string, not {type(value).__name__}.")


def _digest(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")
