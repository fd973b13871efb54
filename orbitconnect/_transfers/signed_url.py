"""Check the signed URLs for uploads and downloads, and keep them out of logs and errors. No I/O.

A signed URL grants access to a file, and it is not trusted. Requests to it never contain the client's credentials.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final, cast
from urllib.parse import SplitResult, unquote, urlsplit

from orbitconnect_api import operations

from .._pipeline.redact import SHORTEST, mask_wholes
from .._pipeline.settings import HeaderPairs, header_value

_URL: Final = re.compile(r"[!-\[\]-~]{1,16384}")
"""Printable ASCII without spaces or backslashes."""
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN_HEADERS: Final = frozenset(
    {
        operations.SECRET_KEY_HEADER,
        operations.ACTING_USER_HEADER,
        operations.SIGNATURE_HEADER,
        operations.TIMESTAMP_HEADER,
        *("host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "expect"),
        *("keep-alive", "proxy-authorization", "proxy-connection", "cookie"),
    }
)
_MOST_HEADERS: Final = 100
_SHORTEST_SECRET_SEGMENT: Final = 16


class UnsafeTarget(ValueError):
    """A signed URL, or a header or method to use with it, is not safe. The message says why without quoting it."""


class SignedUrl:
    """A signed URL that passed the checks. Its `repr` does not contain the URL."""

    __slots__ = ("_url", "host", "origin")

    def __init__(self, url: str, origin: str, host: str) -> None:
        self._url = url
        self.origin: str = origin
        """The scheme, host and port."""
        self.host: str = host
        """The host and port, which are not secret. Errors contain them."""

    def reveal(self) -> str:
        """Return the URL itself."""
        return self._url

    def scrub(self, text: str) -> str:
        """Mask the possible secrets of this URL in text: storage servers quote the URL in error messages."""
        parts = urlsplit(self._url)
        secrets = {segment for segment in parts.path.split("/") if len(segment) >= _SHORTEST_SECRET_SEGMENT}
        for pair in parts.query.split("&"):
            value = pair.partition("=")[2] or pair
            if len(value) >= SHORTEST:
                secrets.add(value)
        return mask_wholes(text, secrets.union(map(unquote, secrets)))

    def __repr__(self) -> str:
        return f"<SignedUrl {getattr(self, 'host', '(not initialized)')}>"


def check_url(given: object, base_url: str, *, allow_loopback: bool = False) -> SignedUrl:
    """Check a URL that the API returned for a file.

    Args:
        given: The URL, or a path below the API's origin.
        base_url: The API's base URL.
        allow_loopback: Whether to allow plain HTTP to this machine, as an emulator needs.

    Raises:
        UnsafeTarget: If the URL must not be used.
    """
    if not isinstance(given, str) or not _URL.fullmatch(given):
        raise UnsafeTarget("it is empty, too long or contains characters that are not allowed in URLs")
    base = urlsplit(base_url)
    if not _ABSOLUTE.match(given):
        if given.startswith("//") or ":" in given.partition("?")[0].partition("/")[0]:
            raise UnsafeTarget("it is neither a path nor an https URL")
        given = f"{base.scheme}://{base.netloc}/{given.removeprefix('/')}"
    parts = _split(given)
    if parts is None:
        raise UnsafeTarget("its host or port is invalid")
    _check_scheme(parts.scheme, parts.hostname, base.scheme, allow_loopback=allow_loopback)
    if "@" in parts.netloc:
        raise UnsafeTarget("it contains a user name or password")
    if "#" in given:
        raise UnsafeTarget("it has a fragment")
    netloc = parts.netloc.lower()
    return SignedUrl(given, f"{parts.scheme}://{netloc}", netloc)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _check_scheme(scheme: str, host: str | None, base_scheme: str, *, allow_loopback: bool) -> None:
    if scheme == "https" or (scheme == "http" and (base_scheme == "http" or (allow_loopback and _is_loopback(host)))):
        return
    raise UnsafeTarget("it is not https")


def _is_loopback(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def check_headers(given: object) -> HeaderPairs:
    """Check the headers that the API asks to send with a file.

    Raises:
        UnsafeTarget: If one is not a valid header, would change the request's host, framing or connection, or is
            reserved for calls to the API.
    """
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        raise UnsafeTarget("its headers are not an object")
    if len(cast("Mapping[object, object]", given)) > _MOST_HEADERS:
        raise UnsafeTarget("it requires too many headers")
    pairs: list[tuple[bytes, bytes]] = []
    for name, value in cast("Mapping[object, object]", given).items():
        if not isinstance(name, str) or not _TOKEN.fullmatch(name) or name.lower() in _FORBIDDEN_HEADERS:
            raise UnsafeTarget("it requires a header that must not be sent")
        try:
            pairs.append((name.lower().encode(), header_value(value, "the header")))
        except (ValueError, TypeError):
            value = None
        if value is None:
            raise UnsafeTarget(f"its header {name.lower()} has a value that cannot be sent")
    return tuple(pairs)


def check_method(given: object) -> None:
    """Check that the API asks for a `PUT`, which is safe to retry.

    Raises:
        UnsafeTarget: If it asks for another method.
    """
    if given not in (None, "PUT"):
        raise UnsafeTarget("it requires an HTTP method other than PUT")
