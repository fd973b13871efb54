"""The signature of a webhook: `verify` accepts exactly what an independent implementation accepts.

An input is one byte of choices and two lengths, followed by a payload, a secret and a signature.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from orbitconnect.webhooks import WebhookVerificationError, sign, verify

_SIGNATURE = re.compile(rb"[ \t]*sha256=([0-9a-fA-F]{64})[ \t]*")


def run(data: bytes) -> None:
    """Run one input."""
    choices, payload_length, secret_length = (*data[:3], 0, 0, 0)[:3]
    rest = data[3:]
    payload, rest = rest[:payload_length], rest[payload_length:]
    # Whitespace or quotes around a secret are a mistake in the application.
    secret, rest = b"s" + rest[:secret_length].replace(b"\n", b"").replace(b"\r", b"") + b"s", rest[secret_length:]
    signature = rest
    if choices & 1:
        # A valid signature, part of which is replaced by the input.
        right, place = sign(payload, secret).encode(), choices >> 3
        signature = right[:place] + rest + right[place + len(rest) :]
    secrets = [b"another", secret] if choices & 2 else secret
    signed = signature.decode("latin-1") if choices & 4 else signature
    try:
        verify(payload, signed, secrets)
        accepted = True
    except WebhookVerificationError:
        accepted = False
    assert accepted == any(
        _is_right(payload, signature, each) for each in ([secrets] if isinstance(secrets, bytes) else secrets)
    )


def _is_right(payload: bytes, signature: bytes, secret: bytes) -> bool:
    found = _SIGNATURE.fullmatch(signature)
    return found is not None and found[1].lower() == hmac.new(secret, payload, hashlib.sha256).hexdigest().encode()
