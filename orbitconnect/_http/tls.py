"""The TLS context of the process, and TLS without I/O.

Certificates are always verified. This cannot be turned off.
Building a context takes 15 to 20 ms, so all connections share one, built for the first connection. If the server allows
it, a new connection resumes an earlier session, so that certificates are not exchanged and verified again.
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
"""The variable with the path of a file to which `ssl` writes the keys of connections, for debugging."""

# The session of the newest connection to each server, with its context. The key includes the process id, so that a
# forked child does not use its parent's sessions.
_sessions: Final[dict[tuple[int, str], tuple[ssl.SSLContext, ssl.SSLSession]]] = {}
_making: Final[dict[int, threading.Lock]] = {}


def shared_context() -> ssl.SSLContext:
    """Return the shared context, and build it on the first call. It trusts certifi's authorities, or the environment's.

    Raises:
        SetupError: If the environment's authorities cannot be loaded, or its file for TLS keys cannot be written.
    """
    # Without the lock, threads that connect at the same time would each build a context. Each process has its own lock,
    # because a lock that was held during a fork would never be released in the child.
    with _making.setdefault(os.getpid(), threading.Lock()):
        variables = (FILE_VARIABLE, FOLDER_VARIABLE, _KEY_LOG_VARIABLE)
        return _make_context(*(os.environ.get(variable) or None for variable in variables))


@lru_cache(maxsize=4)
def _make_context(file: str | None, folder: str | None, key_log: str | None) -> ssl.SSLContext:
    variable = FILE_VARIABLE if file else FOLDER_VARIABLE
    try:
        if file:
            context = ssl.create_default_context(cafile=file)
        elif folder:
            context = ssl.create_default_context(capath=folder)
        else:
            context = ssl.create_default_context(cafile=certifi.where())
    except OSError as error:  # Includes `ssl.SSLError`.
        is_key_log = error.filename is not None and error.filename == key_log
        if not (file or folder or is_key_log):
            raise
        reason = error.strerror or type(error).__name__
    else:
        # Set on the instance, as `ssl` allows: with a subclass of SSLContext, anyio starts a thread for each handshake.
        context.sslobject_class = _ResumingObject
        return context
    if is_key_log:
        raise SetupError(
            f"the file in the environment variable {_KEY_LOG_VARIABLE} cannot be written ({reason}); set it to "
            "another file, or unset it"
        )
    raise SetupError(
        f"the authorities in the environment variable {variable} cannot be loaded ({reason}); set it to PEM "
        "certificates, or unset it"
    )


def session_for(context: ssl.SSLContext, hostname: str) -> ssl.SSLSession | None:
    """Return a session to offer to a server, which decides whether to resume it."""
    made_in, session = _sessions.get((os.getpid(), hostname), (None, None))
    return session if made_in is context else None


def keep_session(tls: ssl.SSLObject | ssl.SSLSocket, hostname: str) -> None:
    """Store a connection's session for later connections.

    Call this immediately after the first data has been received. Before that, the server's tickets may not have
    arrived, and `ssl` fails during a handshake. Later, another thread may be reading from the connection.
    """
    if tls.session_reused:
        return  # The resumed session can be used again. Avoid `tls.session`, because CPython leaks 6 KB on each access.
    session = tls.session
    if session is not None and session.has_ticket:
        _sessions[os.getpid(), hostname] = tls.context, session


def forget_session(hostname: str) -> None:
    """Stop offering a session, because it may have caused a failed handshake."""
    _sessions.pop((os.getpid(), hostname), None)


class _ResumingObject(ssl.SSLObject):
    """Offers an earlier session to the server, and stores the new one. Used by `TlsEngine` and asyncio's own TLS."""

    _has_begun = False
    _is_kept = False

    # The arguments vary between Python versions and event loops.

    def do_handshake(self, *arguments: Any, **named: Any) -> None:
        # Called repeatedly until the handshake is complete. A session can be set only before the first call.
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
    """TLS between two buffers, for streams from which `ssl` cannot read directly. No I/O."""

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
        """Continue the handshake. Returns False if more bytes are needed.

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
        """Whether the server has started another handshake, which TLS 1.2 and earlier allow."""
        return self._outgoing.pending > 0 and self.tls.version() != "TLSv1.3"

    def write(self, data: bytes) -> bool:
        """Encrypt bytes. Returns False if bytes must be received first, for example during another handshake.

        Raises:
            ssl.SSLError: If the connection was shut down.
        """
        try:
            self.tls.write(data)
        except ssl.SSLWantReadError:
            return False
        return True
