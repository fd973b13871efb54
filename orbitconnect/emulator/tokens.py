"""Tokens for browsers and phones: JSON Web Tokens, signed with the emulator's own secret."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from typing import Final, cast

from .json_text import encode_json

ISSUER: Final = "orbitconnect-emulator"
_HEADER: Final = {"alg": "HS256", "typ": "JWT"}


def sign_token(claims: Mapping[str, str | int], secret: bytes) -> str:
    """Create a token with these claims, signed with HS256."""
    signed = f"{_encode(encode_json(_HEADER).encode())}.{_encode(encode_json(claims).encode())}"
    return f"{signed}.{_encode(hmac.digest(secret, signed.encode(), 'sha256'))}"


def read_token(token: str, secret: bytes) -> Mapping[str, str | int] | None:
    """Verify a token's signature, and return its claims, or None if `sign_token` did not create it with this secret.

    The caller checks the audience and the expiry.
    """
    signed, _, signature = token.rpartition(".")
    expected = _encode(hmac.digest(secret, signed.encode(), "sha256"))
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    payload = signed.partition(".")[2]
    # The signature proves that `sign_token` wrote this JSON.
    return cast("Mapping[str, str | int]", json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
