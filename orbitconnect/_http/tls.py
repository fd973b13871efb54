"""The TLS context of the process, and TLS without I/O.

Certificates are always verified; this cannot be turned off.
Building a context takes 15 to 20 ms, so there is one, built for the first connection. A new connection resumes the
session of an earlier one if the server allows it, which saves sending and verifying certificates.
"""

from __future__ import annotations

import os
import ssl
import threading
from functools import lru_cache
from typing import Any, Final

import certifi

from .authorities import FILE_VARIABLE, FOLDER_VARIABLE
from .setup_error import SetupError

_KEY_LOG_VARIABLE: Final = "SSLKEYLOGFILE"
"""Names a file to which `ssl` writes the keys of connections, for debugging."""

# The session of the newest connection to each server, with the context that it belongs to. By process: a child process
# does not resume the sessions of its parent.
_sessions: Final[dict[tuple[int, str], tuple[ssl.SSLContext, ssl.SSLSession]]] = {}
_making: Final[dict[int, threading.Lock]] = {}


def shared_context() -> ssl.SSLContext:
    """Return the context; the first call builds it. It trusts certifi's authorities, or the environment's.

    Raises:
        SetupError: If the environment's authorities cannot be loaded, or its file for TLS keys cannot be written.
    """
    # Without the lock, threads that connect at the same time would each build one. A forked child has its own lock,
    # since nothing would release a lock that was held during the fork.
    with _making.setdefault(os.getpid(), threading.Lock()):
        return _make_context(os.environ.get(FILE_VARIABLE) or None, os.environ.get(FOLDER_VARIABLE) or None)


@lru_cache(maxsize=4)
def _make_context(file: str | None, folder: str | None) -> ssl.SSLContext:
    variable = FILE_VARIABLE if file else FOLDER_VARIABLE
    try:
        if file:
            context = ssl.create_default_context(cafile=file)
        elif folder:
            context = ssl.create_default_context(capath=folder)
        else:
            context = ssl.create_default_context(cafile=certifi.where())
    except OSError as error:  # `ssl.SSLError` is one.
        is_key_log = error.filename is not None and error.filename == os.environ.get(_KEY_LOG_VARIABLE)
        if not (file or folder or is_key_log):
            raise
        reason = error.strerror or type(error).__name__
    else:
        # On the instance, as `ssl` documents: anyio starts a thread for each handshake of a subclass of SSLContext.
        context.sslobject_class = _ResumingObject
        return context
    if is_key_log:
        raise SetupError(
            f"the file that the environment variable {_KEY_LOG_VARIABLE} names cannot be written ({reason}); name "
            "another file, or unset it"
        )
    raise SetupError(
        f"the authorities that the environment variable {variable} names cannot be loaded ({reason}); set it to PEM "
        "certificates, or unset it"
    )


def session_for(context: ssl.SSLContext, hostname: str) -> ssl.SSLSession | None:
    """Return a session to offer to a server, which decides whether to resume it."""
    made_in, session = _sessions.get((os.getpid(), hostname), (None, None))
    return session if made_in is context else None


def keep_session(tls: ssl.SSLObject | ssl.SSLSocket, hostname: str) -> None:
    """Keep the session of a connection. Call this after its first bytes were received: the tickets come before these.

    Do not call it later, when another thread may be reading from the connection, or during a handshake, when there is
    no session yet and `ssl` fails.
    """
    if tls.session_reused:
        return  # The offered session can be used again. CPython leaks 6 KB each time that a session is read.
    session = tls.session
    if session is not None and session.has_ticket:
        _sessions[os.getpid(), hostname] = tls.context, session


def forget_session(hostname: str) -> None:
    """Drop a session that may be the reason why a handshake failed."""
    _sessions.pop((os.getpid(), hostname), None)


class _ResumingObject(ssl.SSLObject):
    """Offers a session, and keeps the one that the server returns. Used by `TlsEngine` and by asyncio's own TLS."""

    _has_begun = False
    _is_kept = False

    # Python versions and event loops call these methods with different arguments.

    def do_handshake(self, *arguments: Any, **named: Any) -> None:
        # It is called repeatedly until the handshake is done. A session can only be set before it begins.
        if not self._has_begun:
            self._has_begun = True
            session = session_for(self.context, self.server_hostname or "")
            if session is not None:
                self.session = session
        super().do_handshake(*arguments, **named)

    def read(self, *arguments: Any, **named: Any) -> Any:
        data = super().read(*arguments, **named)
        if not self._is_kept:
            self._is_kept = True
            keep_session(self, self.server_hostname or "")
        return data


class TlsEngine:
    """TLS between two buffers of bytes, for connections that `ssl` cannot read from. Does no I/O."""

    __slots__ = ("_incoming", "_outgoing", "tls")

    def __init__(self, context: ssl.SSLContext, hostname: str) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.tls: ssl.SSLObject = context.wrap_bio(self._incoming, self._outgoing, server_hostname=hostname)

    def feed(self, data: bytes) -> None:
        """Add received bytes. `b""` means that the stream has ended."""
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()

    def to_send(self) -> bytes:
        """Return the bytes to send."""
        return self._outgoing.read()

    def shake_hands(self) -> bool:
        """Continue the handshake; False if more bytes are needed.

        Raises:
            ssl.SSLError: If the handshake fails.
        """
        try:
            self.tls.do_handshake()
        except ssl.SSLWantReadError:
            return False
        return True

    def read(self, count: int) -> bytes | None:
        """Return decrypted bytes, `b""` at the end, or None if more bytes are needed.

        Raises:
            ssl.SSLError: If the received bytes are not valid TLS.
        """
        try:
            return self.tls.read(count)
        except ssl.SSLWantReadError:
            return None
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    def is_renegotiating(self) -> bool:
        """Whether the server has begun another handshake, which TLS up to 1.2 allows."""
        return self._outgoing.pending > 0 and self.tls.version() != "TLSv1.3"

    def write(self, data: bytes) -> bool:
        """Encrypt bytes; False if more bytes have to be received first, as during another handshake.

        Raises:
            ssl.SSLError: If the connection was shut down.
        """
        try:
            self.tls.write(data)
        except ssl.SSLWantReadError:
            return False
        return True
