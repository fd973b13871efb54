"""Tokens for browsers and phones: JSON Web Tokens, signed with a secret of the emulator's own."""

from __future__ import annotations

import base64
import hmac
import json
from typing import Any, Final, cast

from .json_text import encode_json

ISSUER: Final = "orbitconnect-emulator"
_HEADER: Final = {"alg": "HS256", "typ": "JWT"}


def sign_token(claims: dict[str, Any], secret: bytes) -> str:
    """Makes a token (HS256) with these claims."""
    signed = f"{_encode(encode_json(_HEADER).encode())}.{_encode(encode_json(claims).encode())}"
    return f"{signed}.{_encode(hmac.digest(secret, signed.encode(), 'sha256'))}"


def read_token(token: str, secret: bytes) -> dict[str, Any] | None:
    """The claims of a token that `sign_token` has made with the secret; None where it has not.

    Whom it is for and whether it has expired is for the caller to see.
    """
    signed, _, signature = token.rpartition(".")
    expected = _encode(hmac.digest(secret, signed.encode(), "sha256"))
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    payload = signed.partition(".")[2]
    # Nobody else can have signed it, so it is as `sign_token` writes it.
    return cast("dict[str, Any]", json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
