"""The signature of a delivery: `sha256=` and the hex HMAC-SHA256 of the raw body under the webhook's secret.

A sender controls the body and the signature. Any fault in them raises `WebhookVerificationError`. Mistakes of the
calling code raise `TypeError` or `ValueError` at the first delivery, whatever it holds: a secret that is not configured
or not clean, a parsed body in place of the raw one.
"""

from __future__ import annotations

import hmac
import string
from collections.abc import Sequence
from typing import Final, cast

from orbitconnect_api.operations import WEBHOOK_SIGNATURE_HEADER

from .headers import Headers, header_values

SIGNATURE_HEADER: Final = WEBHOOK_SIGNATURE_HEADER
"""The header that carries the signature. The vendor does not name it: this is the name that the contract assumes."""

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
"""Byte order marks, and the invisible characters that are copied along from web pages."""
_UTF16_MARKS: Final = ("\udcff\udcfe", "\udcfe\udcff")
"""Those of UTF-16 in bytes."""
_MISREAD_MARK: Final = "\xef\xbb\xbf"
"""That of UTF-8, read as Latin-1."""
_CONTROLS: Final = "".join(map(chr, range(0x20))) + "\x7f"
_QUOTES: Final = "\"'`\u2018\u2019\u201c\u201d"
_MISMATCH: Final = (
    "The signature does not match the body. Pass the raw body, byte for byte as it came, not JSON that was parsed and "
    "serialised again, and the secret of this very webhook; while it is being rotated, the new and the old one. If all "
    "that is so, the request does not come from OrbitConnect: refuse it."
)
_EMPTY: Final = (
    "The signature does not match the body: the body is empty. If genuine deliveries are refused like this, the secret "
    "is not at fault. Either something in the application has read the body before, such as a middleware or a hook, or "
    "the server does not pass on a body that is sent in chunks (Transfer-Encoding: chunked). If neither is so, the "
    "request does not come from OrbitConnect: refuse it."
)


class WebhookVerificationError(Exception):
    """A delivery is not to be trusted: its signature is missing, malformed, or not that of its body.

    Answer with the status 401 and do nothing else. The message says where to look when genuine deliveries are refused.
    It holds neither the secret nor the signature that would have been right. It is no `OrbitServerError`: nothing was
    called.
    """


def verify(
    payload: bytes | str,
    signature: str | bytes | Headers | None,
    secret: str | bytes | Sequence[str | bytes],
    *,
    signature_header: str = SIGNATURE_HEADER,
) -> None:
    """Check that a delivery was signed with the webhook's secret. Raises if it was not.

    The hex digits may be in upper case. Spaces and tabs around the signature are ignored, as around any header's value.
    The comparison takes constant time.

    Args:
        payload: The raw body, byte for byte as it came. A string is encoded as UTF-8; bytes are the safer choice.
        signature: The request's headers, or the value of the signature header. Headers can be a mapping with names in
            any case, a WSGI environ, or pairs. None, for a header that is missing, is refused.
        secret: The webhook's secret, as returned by `orbit.webhooks.create`. Pass several while it is being rotated:
            the signature has to match one of them.
        signature_header: The name of the signature header, in any case.

    Raises:
        WebhookVerificationError: If the signature or the body is wrong, whatever was sent.
        TypeError: If an argument has a type that is not listed, such as a dict as the payload or None as the secret.
        ValueError: If there is no secret, or one is empty, is not valid text, or has white space, quotes or a byte
            order mark around it.

    Example:
        ```python
        verify(request.get_data(), request.headers, [new_secret, old_secret])
        ```
    """
    try:
        _verify(payload, signature, secret, signature_header)
    except (WebhookVerificationError, TypeError, ValueError) as error:
        # Error trackers collect the variables of a traceback's frames: the secret is in none of those that are left.
        del secret
        raise error.with_traceback(None) from None


def sign(payload: bytes | str, secret: str | bytes) -> str:
    """Sign a body as OrbitConnect does, to test your endpoint.

    Args:
        payload: The raw body. A string is encoded as UTF-8.
        secret: The webhook's secret.

    Returns:
        The value of the header `SIGNATURE_HEADER`.

    Raises:
        TypeError: If an argument is neither bytes nor a string.
        ValueError: If the secret is empty or not clean (see `verify`), or a string cannot be encoded as UTF-8.

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


def signature_value(headers: Headers | None, name: str) -> str | None:
    """The value of the signature header; None if the request has none.

    Raises:
        WebhookVerificationError: If there are several.
    """
    (values,) = header_values(headers, name)
    return only_signature(values, name)


def only_signature(values: Sequence[str], name: str) -> str | None:
    """The signature among a header's values; see `signature_value`."""
    if len(values) > 1:
        raise WebhookVerificationError(
            f"The request has {len(values)} {name} headers, and servers differ in which one they read. Refuse it. If "
            "genuine deliveries arrive like this, check what the proxy in front of this server adds."
        )
    return values[0] if values else None


def checked_secret(secret: str | bytes) -> None:
    """Refuse what cannot be a webhook's secret.

    Raises:
        TypeError: If it is neither bytes nor a string.
        ValueError: If it is empty, or has something around it that is not part of it.
    """
    _key(secret, "secret")


def _verify(payload: object, signature: object, secret: object, signature_header: str) -> None:
    keys = _keys(secret)
    body = raw_body(payload)
    claimed = _claimed_digest(signature, signature_header)
    if not any(hmac.compare_digest(_digest(key, body), claimed) for key in keys):
        raise WebhookVerificationError(_MISMATCH if body else _EMPTY)


def _claimed_digest(signature: object, name: str) -> bytes:
    """Reads the digest from a signature."""
    if signature is not None and not isinstance(signature, (str, bytes)):
        signature = _signature_in(signature, name)
    # In Latin-1 every byte is a character, and what is not ASCII stays so.
    text = (signature.decode("latin-1") if isinstance(signature, bytes) else signature or "").strip(" \t")
    if not text:
        raise WebhookVerificationError(
            f"The request has no signature. Pass its headers, or the value of its {name} header; if your webhook is "
            "signed in another header, pass that one's name as signature_header. If it has none, refuse it."
        )
    digits = text.removeprefix(_SCHEME)
    if digits == text:
        raise _malformed(f"it does not begin with {_SCHEME}", name)
    if not _HEX_DIGITS.issuperset(digits):
        raise _malformed("it holds a character that is no hex digit", name)
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
        f"signature must be a string, bytes, None or the request's headers, not {kind}. Headers are a mapping of names "
        "to values, a WSGI environ, or pairs of a name and a value."
    )


def _malformed(what: str, name: str) -> WebhookVerificationError:
    return WebhookVerificationError(
        f"The signature is malformed: {what}. Pass the value of the {name} header as it came, which is "
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
    flaw = _flaw(key.decode("utf-8", "surrogateescape"))
    if flaw:
        raise ValueError(
            f"{name} {flaw}, which is not part of a webhook's secret. Every delivery would be refused. Remove it where "
            "the secret is configured, or strip it when you read the setting."
        )
    return key


def _flaw(secret: str) -> str | None:
    """Says what a configuration file, a shell or an editor has left around a secret."""
    if not secret.strip(_SPACE):
        return "consists of white space alone"
    if secret[0] in _MARKS or secret.startswith((*_UTF16_MARKS, _MISREAD_MARK)):
        return "begins with a byte order mark"
    if secret[-1] in "\r\n" or secret.endswith(("\\n", "\\r")):
        return "ends with a line break"
    if "\n" in secret or "\r" in secret:
        return "contains a line break"
    if secret[0] in _SPACE or secret[-1] in _SPACE or secret[-1] in _MARKS:
        return f"{'begins' if secret[0] in _SPACE else 'ends'} with white space"
    if secret[0] in _CONTROLS or secret[-1] in _CONTROLS:  # Such as the NUL or Ctrl-Z that ends some files.
        return f"{'begins' if secret[0] in _CONTROLS else 'ends'} with a control character"
    if secret[0] in _QUOTES or secret[-1] in _QUOTES:
        return f"{'begins' if secret[0] in _QUOTES else 'ends'} with a quotation mark"
    return None


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
