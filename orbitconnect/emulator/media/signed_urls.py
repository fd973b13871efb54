"""Signed URLs, with which the bytes of files are uploaded and downloaded."""

from __future__ import annotations

import hmac
import re
from typing import Final

from ..refusals import Refusal, forbidden
from ..rules import SIGNED_URL, SIGNED_URL_AGE

UPLOADS: Final = "/uploads/"
"""`/uploads/{session}` accepts a file, `/uploads/{session}/{number}` a part of one."""
FILES: Final = "/files/"
"""`/files/{media}/download` and `/files/{media}/stream` return a file."""

PUT: Final = "PUT"
GET: Final = "GET"
HEAD: Final = "HEAD"

_SECOND: Final = 1_000_000
_EXPIRES: Final = "expires"
_SIGNATURE: Final = "&signature="
_QUERY: Final = re.compile(rf"{_EXPIRES}=(\d{{1,12}})", re.ASCII)


def is_file_target(target: str) -> bool:
    """Whether a request target belongs to a signed URL."""
    return target.startswith((UPLOADS, FILES))


def signed_target(method: str, path: str, expires_at: int, secret: bytes) -> str:
    """Sign a path. The signature is valid until `expires_at`, in microseconds. Returns the path with its query."""
    target = f"{path}?{_EXPIRES}={expires_at // _SECOND}"
    return f"{target}{_SIGNATURE}{_signature(method, target, secret)}"


def check_target(method: str, target: str, now: int, secret: bytes) -> list[str]:
    """Check a signed target.

    Returns:
        The segments of its path after the first.

    Raises:
        Refusal: If the signature is missing or wrong, or the URL has expired.
    """
    signed, _, signature = target.rpartition(_SIGNATURE)
    expected = _signature(GET if method == HEAD else method, signed, secret)
    if not hmac.compare_digest(expected.encode(), signature.encode(errors="replace")):
        raise forbidden("The signature of the URL is missing or wrong.", SIGNED_URL)
    path, _, query = signed.partition("?")
    expires = _QUERY.fullmatch(query)
    if expires is None:
        raise forbidden("The signature of the URL is missing or wrong.", SIGNED_URL)
    if now >= int(expires[1]) * _SECOND:
        raise Refusal(403, "url_expired", "The URL has expired.", SIGNED_URL_AGE)
    return path.split("/")[2:]


def _signature(method: str, target: str, secret: bytes) -> str:
    # Tokens are signed with the same secret. The line break distinguishes URLs from tokens, which never contain one.
    return hmac.digest(secret, f"{method}\n{target}".encode(errors="replace"), "sha256").hex()
