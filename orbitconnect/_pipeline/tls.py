"""The TLS context of the process. It verifies certificates, always: there is no switch.

A context costs 15 to 20 ms to build, so there is one, made at the first connection. A new connection resumes the
session of an earlier one where the server allows it, which spares the certificates and their checks.
"""

from __future__ import annotations

import os
import ssl
import threading
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

import certifi

# The session of the newest connection to each server. By process: a child does not go on with what its parent
# negotiated.
_sessions: Final[dict[tuple[int, str], ssl.SSLSession]] = {}

_making: Final[dict[int, threading.Lock]] = {}


def _resume(tls: ssl.SSLObject | ssl.SSLSocket) -> None:
    """Offers the session of an earlier connection to the same server. The server decides."""
    session = _sessions.get((os.getpid(), str(tls.server_hostname)))
    if session is not None:
        with suppress(ValueError):  # It belongs to another context.
            tls.session = session


def _keep(tls: ssl.SSLObject | ssl.SSLSocket) -> None:
    """Keeps the session of a connection that has brought its first bytes: the tickets come before these.

    It must not be asked for later, when another thread may be reading from the connection, nor while a handshake is
    under way, when there is none yet and `ssl` fails.
    """
    session = tls.session
    if session is not None and session.has_ticket:
        _sessions[os.getpid(), str(tls.server_hostname)] = session


class _Object(ssl.SSLObject):
    """For event loops."""

    _began = False
    _kept = False

    def do_handshake(self) -> None:
        # It is called again and again until the handshake is done; a session can be set only before it begins.
        if not self._began:
            self._began = True
            _resume(self)
        super().do_handshake()

    def read(self, len: int = 1024, buffer: Any = None) -> bytes:
        data = super().read(len, buffer)
        if not self._kept:
            self._kept = True
            _keep(self)
        return data


class _Socket(ssl.SSLSocket):
    """For blocking calls."""

    _kept = False

    def do_handshake(self, block: bool = False) -> None:
        _resume(self)
        super().do_handshake(block)

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        data = super().recv(buflen, flags)
        if not self._kept:
            self._kept = True
            _keep(self)
        return data


def shared_context() -> ssl.SSLContext:
    """Makes the context, at the first call. It trusts what httpx does: certifi's authorities, or the environment's."""
    # Else threads that connect at the same time would each make one. A forked child has a lock of its own, since nobody
    # would release one that was held meanwhile.
    with _making.setdefault(os.getpid(), threading.Lock()):
        return _make_context()


@lru_cache(maxsize=1)
def _make_context() -> ssl.SSLContext:
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
