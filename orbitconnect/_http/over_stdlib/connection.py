"""One connection to the API, for one request at a time."""

from __future__ import annotations

from ..._concurrency.auto_close import close_when_dropped
from ..._concurrency.slots import Slot
from ..._pipeline.clock import monotonic
from ..._pipeline.prepare import Prepared
from .._sync.open_channel import open_channel
from .._sync.tls_channel import Channel
from ..limits import IDLE_SECONDS, JOINED_BYTES
from ..sockets import secured
from ..tls import shared_context
from .incoming import Incoming, ResponseFlaw
from .request import Origin
from .response import Response


class _ChannelHolder:
    """Holds the channel of a connection, so that it can be closed after the connection was dropped."""

    __slots__ = ("channel",)

    def __init__(self) -> None:
        self.channel: Channel | None = None

    def close(self) -> None:
        channel, self.channel = self.channel, None
        if channel is not None:
            channel.close()


class Connection:
    """Connects when it is first used, and again if the server has closed the connection.

    If it is not closed, its socket is closed when nothing refers to it anymore.
    """

    __slots__ = ("_auto_close", "_kept", "_origin", "_used_at", "has_sent", "has_sent_all", "slot")

    def __init__(self) -> None:
        self.slot: Slot | None = None
        self.has_sent: bool = False
        """Whether any byte of the newest request was handed to the connection."""
        self.has_sent_all: bool = False
        self._kept = _ChannelHolder()
        # Created before any socket: the garbage collector finalizes older objects first, and a socket that is finalized
        # before it is closed emits a ResourceWarning.
        self._auto_close = close_when_dropped(self._kept.close)
        self._origin: Origin | None = None
        self._used_at = 0.0

    def prepare(self, origin: Origin, limit: float | None) -> None:
        """Connect, unless there is a connection over which nothing has arrived since its last response.

        Args:
            origin: The server.
            limit: The time limit for connecting in seconds, usually an `Until`.

        Raises:
            OSError: If the server cannot be reached.
            TimeoutError: If the time limit passes.
            ProxyFailed: If the proxy does not connect.
            SetupError: If the environment's proxy or certificates cannot be used.
        """
        self.has_sent = self.has_sent_all = False
        channel = self._kept.channel
        if (
            channel is not None
            and self._origin == origin
            and monotonic() - self._used_at <= IDLE_SECONDS
            and channel.unread() == b""
        ):
            return
        self.close()
        context = shared_context() if origin.scheme == "https" else None
        channel = open_channel(origin.scheme, origin.host, origin.port, limit)
        try:
            if context is not None:
                channel = secured(channel, context, origin.host, limit)
            self._kept.channel, self._origin = channel, origin
        except BaseException:
            channel.close()
            raise

    def exchange(self, prepared: Prepared, head: bytes, limit: float | None) -> Response:
        """Send a request, and read the head of its response.

        Args:
            prepared: The request.
            head: The head of the request.
            limit: The time limit in seconds, usually an `Until`.

        Raises:
            OSError: If the connection breaks.
            TimeoutError: If the time limit passes.
            ResponseFlaw: If the response is not valid HTTP.
        """
        channel = self._kept.channel
        if channel is None:
            raise OSError("the connection is closed")
        before = channel.sent
        broken: OSError | None = None
        try:
            _send(channel, prepared, head, limit)
            self.has_sent_all = True
        except TimeoutError:
            raise
        except OSError as error:
            is_of_file = prepared.payload is not None and prepared.payload.failure is not None
            if is_of_file or channel.sent == before:
                raise
            broken = error
        finally:
            self.has_sent = channel.sent > before
        # A server may reject a request before it has received all of it, and close the connection.
        try:
            response = Response(Incoming(channel, limit))
        except (OSError, ResponseFlaw) as error:
            if broken is None or isinstance(error, TimeoutError):
                raise
            raise broken from None
        self._used_at = monotonic()
        return response

    def close(self) -> None:
        """Close the connection. Another request opens a new one."""
        self._auto_close.close()


def _send(channel: Channel, prepared: Prepared, head: bytes, limit: float | None) -> None:
    body, payload = prepared.body, prepared.payload
    if payload is not None:
        for chunk in payload.chunks():
            channel.send(head + chunk if head else chunk, limit)
            head = b""
    elif body and len(body) <= JOINED_BYTES:
        head += body
    if head:
        channel.send(head, limit)
    if body and len(body) > JOINED_BYTES:
        channel.send(body, limit)
