"""The address of the API, which only the contract spells out, and servers in its place.

The whole suite must pass after the URL in the contract's `servers` has changed. So tests take the host and the path
from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

from orbitconnect_api import operations

ORIGIN: Final = "/".join(operations.BASE_URL.split("/")[:3])
"""The scheme, the host and the port if there is one."""
AUTHORITY: Final = urlsplit(operations.BASE_URL).netloc
"""The host, and the port if there is one: the value of the header `host`."""
PORT: Final = urlsplit(operations.BASE_URL).port or 443
BASE_PATH: Final = urlsplit(operations.BASE_URL).path
"""The path of the base URL, without a slash at the end."""


def set_base_url(url: str) -> None:
    """Send all calls of this process to another URL."""
    operations.BASE_URL = url  # type: ignore[misc]  # Nobody else may change the constant.


@contextmanager
def base_url(url: str) -> Iterator[None]:
    """Send all calls to another URL during the block."""
    known = operations.BASE_URL
    set_base_url(url)
    try:
        yield
    finally:
        set_base_url(known)
