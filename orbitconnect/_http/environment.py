"""Check the environment's connection settings: the proxy and the certificate authorities.

The cheap checks run when a client is created. The settings are read again when a connection is opened.
"""

from __future__ import annotations

from collections.abc import Collection

from .authorities import check_authorities
from .proxy import proxy_of_the_api


def check_environment(stack: str, proxies: Collection[str]) -> None:
    """Check the proxy and CA settings from the environment without connecting.

    Args:
        stack: The HTTP stack that will make the connections.
        proxies: The schemes of the proxies that the stack can use.

    Raises:
        ValueError: If the proxy or the certificate authorities cannot be used.
        ImportError: If the proxy needs a package that is not installed.
    """
    check_authorities()
    proxy = proxy_of_the_api()
    if proxy is not None and proxy.scheme not in proxies:
        kind = "a SOCKS" if proxy.is_socks else f"an {proxy.scheme}"
        raise ValueError(f"The environment names {kind} proxy, which {stack} cannot use. Choose transport='httpx'.")
