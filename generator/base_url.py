"""The base URL: the one line of the contract that states it, and the other URLs that the vendor names."""

from __future__ import annotations

import re
from pathlib import Path

from .contract import Contract

_URL = re.compile(r"https://[^/{}?#@\s]+(/[^{}?#\s]*[^/{}?#\s])?")
_LINE = re.compile(r"^(servers:\n  - url: )\S+$", re.MULTILINE)


class NoBaseUrl(Exception):
    """The text is not a base URL, or the contract has no line for it."""


def is_base_url(value: object) -> bool:
    """Whether a value is a single fixed https URL without a slash at its end."""
    return isinstance(value, str) and bool(_URL.fullmatch(value))


def other_urls(contract: Contract) -> list[str]:
    """The other base URLs that the vendor's material names."""
    server = contract.data["servers"][0]
    return [url for url in server.get("x-orbit-vendor-urls", []) if url != server["url"]]


def set_base_url(path: Path, url: str) -> None:
    """Change the base URL in a contract.

    Raises:
        NoBaseUrl: If `url` is not a base URL, or the contract does not state it in the usual place.
    """
    if not is_base_url(url):
        raise NoBaseUrl(f"{url!r} is not a base URL. Write it like https://HOST/api/v1, without a slash at the end.")
    text, count = _LINE.subn(lambda found: found[1] + url, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise NoBaseUrl(f"{path} has no line `  - url: …` directly below `servers:`.")
    path.write_text(text, encoding="utf-8")
