"""Which proxy leads to the API: the environment says it, in the variables that all HTTP clients heed."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from orbitconnect_api.operations import BASE_URL

HOST: Final = urlsplit(BASE_URL).netloc
_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


def proxy_url() -> str | None:
    """Finds the proxy's URL, which may hold a password; None where the API is to be reached directly.

    Raises:
        ValueError: If the environment names one that cannot be used. The message does not repeat it.
    """
    if proxy_bypass(HOST):
        return None
    proxies = getproxies()
    url = proxies.get(urlsplit(BASE_URL).scheme) or proxies.get("all")
    if not url:
        return None
    url = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(url)
        if parts.scheme in _SCHEMES and parts.hostname and parts.port != 0:
            return url
    except ValueError:
        pass
    raise ValueError("The environment names a proxy that cannot be used: it must be an http, https or socks5 URL.")
