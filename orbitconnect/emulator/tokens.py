"""Tokens for browsers and phones: JSON Web Tokens, signed with a secret of the emulator's own."""

from __future__ import annotations

import base64
import hmac
from typing import Any, Final

from .exchange import encode_json

ISSUER: Final = "orbitconnect-emulator"
_HEADER: Final = {"alg": "HS256", "typ": "JWT"}


def sign_token(claims: dict[str, Any], secret: bytes) -> str:
    """Makes a token (HS256) with these claims."""
    signed = f"{_encode(encode_json(_HEADER).encode())}.{_encode(encode_json(claims).encode())}"
    return f"{signed}.{_encode(hmac.digest(secret, signed.encode(), 'sha256'))}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
