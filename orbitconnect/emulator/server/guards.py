"""Who may talk to the server at all: programs of this machine, and no web page from elsewhere.

A page that a browser shows can send requests to 127.0.0.1. Its Origin gives it away, and where it had a name of its own
lead here (DNS rebinding), the Host does. Links, images and scripts come without an Origin; `Sec-Fetch-Site` says then
where the page is from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..refusals import Refusal, bad_request
from ..rules import Rule

HOST: Final = Rule("loopback-host", "inferred", "The emulator answers to loopback names only.")
ORIGIN: Final = Rule("loopback-origin", "inferred", "No web page from elsewhere uses the emulator.")
HEAD_SIZE: Final = Rule("head-size", "inferred", "The head of a request has a largest size.")
FRAMING: Final = Rule("framing", "inferred", "A body has one length.")

MAX_HEAD: Final = 64 * 1024
"""The most bytes of a target and its headers."""

_LOOPBACK: Final = r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?"
_HOST: Final = re.compile(_LOOPBACK, re.ASCII | re.IGNORECASE)
_ORIGIN: Final = re.compile(rf"https?://{_LOOPBACK}", re.ASCII | re.IGNORECASE)

_USER: Final = "none"
"""What a browser says of a request that its user has made, by typing the address for example."""
_NEAR: Final = frozenset({_USER, "same-origin"})


def check_caller(headers: Mapping[str, str], *, same_origin: bool, is_embeddable: bool = False) -> None:
    """Refuse what a web page from elsewhere could have sent.

    Args:
        headers: The request's headers.
        same_origin: Whether a page must come from this very server, not only from this machine.
        is_embeddable: Whether any page may show what is asked for, as it does with a file whose signed URL it has.

    Raises:
        Refusal: If Host, Origin or Sec-Fetch-Site name another place.
    """
    host = headers.get("host")
    # Only HTTP/1.0 has no Host, and no browser speaks it.
    if host is not None and not _HOST.fullmatch(host):
        raise Refusal(
            403, "foreign_host", "The emulator is 127.0.0.1 or localhost; the Host header names another.", HOST
        )
    origin = headers.get("origin")
    if origin is None:
        if headers.get("sec-fetch-site", _USER).strip().lower() not in _NEAR and not is_embeddable:
            raise Refusal(403, "foreign_origin", "The Sec-Fetch-Site header names a web page from elsewhere.", ORIGIN)
        return
    if not _ORIGIN.fullmatch(origin) or (same_origin and origin.lower() != f"http://{host}".lower()):
        raise Refusal(403, "foreign_origin", "The Origin header names a web page from elsewhere.", ORIGIN)


def check_framing(headers: Mapping[str, str]) -> None:
    """Refuses a body with two lengths, of which two readers could take different ones.

    Raises:
        Refusal: If it has.
    """
    if "transfer-encoding" in headers and "content-length" in headers:
        raise bad_request("The request has both Content-Length and Transfer-Encoding.", FRAMING)


def check_size(target: str, headers: Mapping[str, str]) -> None:
    """Refuses a head that is too large. One that comes slowly is refused earlier, by uvicorn.

    Raises:
        Refusal: If it is.
    """
    if len(target) + sum(map(len, headers)) + sum(map(len, headers.values())) > MAX_HEAD:
        raise Refusal(431, "too_large", f"Path, query and headers have at most {MAX_HEAD} bytes.", HEAD_SIZE)
