"""The TLS context of the process. It verifies certificates, always: there is no switch.

A context costs 15 to 20 ms to build, so there is one, made at the first connection. A new connection resumes the
session of an earlier one where the server allows it, which spares the certificates and their checks.
"""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final
from weakref import WeakValueDictionary

import certifi

# The newest connection to each server, and the last session of one that was closed. By process: what a parent
# negotiated, a child does not go on with.
_open: Final[WeakValueDictionary[tuple[int, str], ssl.SSLObject | ssl.SSLSocket]] = WeakValueDictionary()
_closed: Final[dict[tuple[int, str], ssl.SSLSession]] = {}


def keep_session(server_hostname: str, tls: Any) -> None:
    """Keeps the session of a connection that is about to be closed, for the next one to the same server.

    Args:
        server_hostname: The server's name.
        tls: The connection's TLS object, if there is one.
    """
    session = getattr(tls, "session", None)
    if session is not None and session.has_ticket:
        _closed[os.getpid(), server_hostname] = session


def _resume(tls: ssl.SSLObject | ssl.SSLSocket) -> None:
    """Offers the session of an earlier connection to the same server. The server decides."""
    key = os.getpid(), str(tls.server_hostname)
    newest = _open.get(key)
    # Tickets come some time after a handshake, so they are looked for when they are needed.
    session = (newest.session if newest is not None else None) or _closed.get(key)
    if session is not None and session.has_ticket:
        with suppress(ValueError):  # It belongs to another context.
            tls.session = session
    _open[key] = tls


class _Object(ssl.SSLObject):
    """For event loops."""

    _began = False

    def do_handshake(self) -> None:
        # It is called again and again until the handshake is done; a session can be set only before it begins.
        if not self._began:
            self._began = True
            _resume(self)
        super().do_handshake()


class _Socket(ssl.SSLSocket):
    """For blocking calls."""

    def do_handshake(self, block: bool = False) -> None:
        _resume(self)
        super().do_handshake(block)


@lru_cache(maxsize=1)
def shared_context() -> ssl.SSLContext:
    """Makes the context, at the first call. It trusts what httpx does: certifi's authorities, or the environment's."""
    if file := os.environ.get("SSL_CERT_FILE"):
        context = ssl.create_default_context(cafile=file)
    elif folder := os.environ.get("SSL_CERT_DIR"):
        context = ssl.create_default_context(capath=folder)
    else:
        context = ssl.create_default_context(cafile=certifi.where())
    # On the instance, as `ssl` documents it: anyio starts a thread for each handshake of a subclass.
    context.sslobject_class = _Object
    context.sslsocket_class = _Socket
    return context
