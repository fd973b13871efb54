"""Read the proxy settings from the environment, as other HTTP clients do."""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from orbitconnect_api import operations

from .._extras import how_to_install
from .setup_error import SetupError

DEFAULT_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_SYSTEMS_WITH_SETTINGS: Final = ("darwin", "win32")
"""On these platforms, the system itself may have settings for proxies."""
_LONGEST_CREDENTIAL: Final = 255
"""The maximum length in bytes. SOCKS 5 sends the length in one byte (RFC 1929)."""


class Credentials:
    """A user name and a password. The `repr` does not contain them."""

    __slots__ = ("password", "username")

    def __init__(self, username: bytes, password: bytes) -> None:
        self.username: bytes = username
        self.password: bytes = password

    @property
    def basic(self) -> str:
        """The value of the HTTP header for basic authentication (RFC 7617)."""
        return "Basic " + b64encode(self.username + b":" + self.password).decode()

    def __repr__(self) -> str:
        return "<Credentials>"


class Proxy(NamedTuple):
    """A proxy."""

    scheme: str
    host: str
    port: int
    credentials: Credentials | None

    @property
    def is_socks(self) -> bool:
        """Whether the proxy uses SOCKS 5 instead of HTTP."""
        return self.scheme.startswith("socks")

    @property
    def name(self) -> str:
        """The proxy's address without its password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def may_have_proxy() -> bool:
    """Whether there are any settings for proxies, so that `urllib.request` must be loaded to read them."""
    return sys.platform in _SYSTEMS_WITH_SETTINGS or any(name.lower().endswith("_proxy") for name in os.environ)


def proxy_for(scheme: str, netloc: str) -> Proxy | None:
    """Find the proxy for a server. None if connections are direct.

    Args:
        scheme: The scheme of the server's URLs.
        netloc: The server's host, with its port if that is not the scheme's default.

    Raises:
        ValueError: If the environment names a proxy that cannot be used. The message contains the variable's name, but
            not its value.
        ImportError: If the proxy needs a package that is not installed.
    """
    if not may_have_proxy():
        return None
    from urllib.request import proxy_bypass  # Imported here because few programs use a proxy, and it loads much.

    if proxy_bypass(netloc):
        return None
    found = _find(scheme)
    # Raised here, where no local variable contains a password, because error trackers report the local variables of all
    # frames.
    if isinstance(found, Exception):
        raise found
    return found


def proxy_at(scheme: str, host: str, port: int) -> Proxy | None:
    """Return the proxy for a connection that is being opened.

    Raises:
        SetupError: If the environment names a proxy that cannot be used.
    """
    netloc = f"[{host}]" if ":" in host else host
    try:
        return proxy_for(scheme, netloc if port == DEFAULT_PORTS.get(scheme) else f"{netloc}:{port}")
    except (ValueError, ImportError) as error:
        flaw = str(error).removesuffix(".")  # The message is used inside a sentence.
    raise SetupError(flaw)


def proxy_of_the_api() -> Proxy | None:
    """Return the proxy for the API's host.

    Raises:
        ValueError: If the environment names a proxy that cannot be used.
        ImportError: If the proxy needs a package that is not installed.
    """
    parts = urlsplit(operations.BASE_URL)
    return proxy_for(parts.scheme, parts.netloc)


def _variable(kind: str, url: str, environment: Mapping[str, str]) -> str:
    """Describe where a proxy's URL was set."""
    for name in (f"{kind}_proxy", f"{kind}_PROXY".upper()):
        if environment.get(name) == url:
            return f"the environment variable {name}"
    return "the system's settings"


def _find(scheme: str) -> Proxy | ValueError | ImportError | None:
    from urllib.request import getproxies  # As above.

    proxies = getproxies()
    for kind in (scheme, "all"):
        url = proxies.get(kind)
        if url:
            return _parse(url, _variable(kind, url, os.environ))
    return None


def _parse(url: str, source: str) -> Proxy | ValueError | ImportError:
    flaw, proxy = _read(url)
    if proxy is None:
        return ValueError(
            f"The proxy in {source} cannot be used: {flaw}. Set it to a URL such as http://proxy.example:3128 "
            "(http, https or socks5), or unset it."
        )
    if proxy.is_socks and not _has_socksio():
        return ImportError(
            f"The proxy in {source} is a SOCKS proxy, which needs the package socksio. {how_to_install('socks')}",
            name="socksio",
        )
    return proxy


def _has_socksio() -> bool:
    try:
        import socksio  # noqa: F401  # pyright: ignore[reportUnusedImport]  # Only whether it is installed matters.
    except ImportError:
        return False
    return True


def _read(url: str) -> tuple[str, Proxy | None]:
    """Parse a proxy's URL. The error text does not quote the URL, because it may contain a password."""
    if url != url.strip():
        return "it begins or ends with a space or a line break", None
    if not url.isascii() or not url.isprintable() or " " in url:
        return "it contains a space, a control character or a non-ASCII character", None
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return "its host or port is malformed", None
    if parts.scheme not in DEFAULT_PORTS:
        return "its scheme is not http, https or socks5", None
    if not host or port == 0 or not _is_name(host):
        return "its host or port is malformed", None
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return "it contains more than a host and a port", None
    credentials = _credentials(parts.username, parts.password)
    if isinstance(credentials, str):
        return credentials, None
    proxy = Proxy(parts.scheme, host.replace("%25", "%"), port or DEFAULT_PORTS[parts.scheme], credentials)
    if credentials is not None and b":" in credentials.username and not proxy.is_socks:
        return "its user name contains a colon, which HTTP cannot send", None
    return "", proxy


def _is_name(host: str) -> bool:
    if ":" in host:  # An IPv6 address. `urlsplit` has checked its brackets.
        return True
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False


def _credentials(username: str | None, password: str | None) -> Credentials | str | None:
    if username is None and password is None:
        return None
    pair = [unquote_to_bytes(part or "") for part in (username, password)]
    if any(len(part) > _LONGEST_CREDENTIAL or b"\r" in part or b"\n" in part for part in pair):
        return "its user name or password is too long or contains a line break"
    return Credentials(*pair)
