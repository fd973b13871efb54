"""The first checks of every request: it must not come from a foreign web page, and its head must not be too large.

Any page in a browser can send requests to 127.0.0.1. The header `Origin` names the page's site. If the site's own name
resolves to this machine (DNS rebinding), `Host` contains that name. Requests for links, images and scripts have no
`Origin`, but `Sec-Fetch-Site` tells whether the page has the same origin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..refusals import Refusal, bad_request
from ..rules import FRAMING, HEAD_SIZE, LOOPBACK_HOST, LOOPBACK_ORIGIN

MAX_HEAD: Final = 64 * 1024
"""The largest total size of a request target and the headers, in bytes."""

_LOOPBACK: Final = r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?"
_HOST: Final = re.compile(_LOOPBACK, re.ASCII | re.IGNORECASE)
_ORIGIN: Final = re.compile(rf"https?://{_LOOPBACK}", re.ASCII | re.IGNORECASE)

_USER: Final = "none"
"""What a browser sends for a request that its user started, for example by typing the address."""
_TRUSTED: Final = frozenset({_USER, "same-origin"})


def check_caller(headers: Mapping[str, str], *, same_origin: bool, is_embeddable: bool = False) -> None:
    """Refuse a request that a web page of another site could have sent.

    Args:
        headers: The request's headers.
        same_origin: Whether a page must be from this server itself, not only from a loopback address.
        is_embeddable: Whether pages of other sites can embed the resource. They can embed a file by its signed URL.

    Raises:
        Refusal: If Host, Origin or Sec-Fetch-Site name another site.
    """
    host = headers.get("host")
    # Only HTTP/1.0 requests have no Host, and no browser sends them.
    if host is not None and not _HOST.fullmatch(host):
        message = "The Host header must be 127.0.0.1, localhost or another loopback address."
        raise Refusal(403, "foreign_host", message, LOOPBACK_HOST)
    origin = headers.get("origin")
    if origin is None:
        if headers.get("sec-fetch-site", _USER).strip().lower() not in _TRUSTED and not is_embeddable:
            raise Refusal(
                403,
                "foreign_origin",
                "The request comes from a web page of another origin (Sec-Fetch-Site).",
                LOOPBACK_ORIGIN,
            )
        return
    if not _ORIGIN.fullmatch(origin) or (same_origin and origin.lower() != f"http://{host}".lower()):
        raise Refusal(
            403, "foreign_origin", "The request comes from a web page of another origin (Origin).", LOOPBACK_ORIGIN
        )


def check_framing(headers: Mapping[str, str]) -> None:
    """Refuse a body whose size is declared in two ways, because two programs could read it differently.

    Raises:
        Refusal: If the request has both a Content-Length and a Transfer-Encoding.
    """
    if "transfer-encoding" in headers and "content-length" in headers:
        raise bad_request("The request has both Content-Length and Transfer-Encoding.", FRAMING)


def check_size(target: str, headers: Mapping[str, str]) -> None:
    """Refuse a head that is too large. If the head arrives slowly, uvicorn refuses it before this check.

    Raises:
        Refusal: If the target and the headers exceed `MAX_HEAD`.
    """
    if len(target) + sum(map(len, headers)) + sum(map(len, headers.values())) > MAX_HEAD:
        raise Refusal(431, "too_large", f"Path, query and headers can total at most {MAX_HEAD} bytes.", HEAD_SIZE)
