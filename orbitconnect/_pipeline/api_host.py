"""The name of the API's host in errors, logs and reports to observers, and the other hosts that the vendor names."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from orbitconnect_api import operations

API_HOST: Final = urlsplit(operations.BASE_URL).netloc


def other_hosts() -> str:
    """A sentence about the other base URLs that the vendor names. Empty if there are none."""
    if not operations.OTHER_URLS:
        return ""
    return (
        f" The vendor also names {' and '.join(operations.OTHER_URLS)}. To use another base URL, build the SDK with"
        f" `make host URL={operations.OTHER_URLS[0]}` and `make build`."
    )
