"""A receiver of webhooks for tests: it listens on a loopback address, and keeps and checks what comes."""

from __future__ import annotations

import json
import socket
from collections import deque
from collections.abc import Callable, Iterable, Mapping, MutableSequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from threading import Event as Signal
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, cast, overload

from attrs import field, frozen

import orbitconnect
from orbitconnect_api.models.event import Event
from orbitconnect_api.models.webhook import Webhook
from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import SafeRepr

from .._later import Later
from .._pipeline.clock import monotonic
from ..webhooks import SIGNATURE_HEADER, WebhookVerificationError, verify
from ..webhooks.chunks import read_chunks
from ..webhooks.signature import checked_secret

if TYPE_CHECKING:
    from .. import emulator as emulators
else:
    emulators = Later("orbitconnect.emulator")

_ALL_EVENTS: Final = "*"
_BAD_REQUEST: Final = 400
_UNAUTHORIZED: Final = 401
_TOO_LARGE: Final = 413
_LARGEST_BODY: Final = 16 * 2**20


@frozen(repr=False)
class Received(SafeRepr):
    """A delivery that came to an inbox."""

    headers: Mapping[str, str]
    """Its headers, their names in lower case."""
    body: bytes = field(repr=False)
    """Its body, byte for byte."""
    event: Event
    """What it tells of: `id`, `type`, `created_at` and `data`."""
    is_refused: bool
    """Whether its signature is that of none of the inbox's secrets. It was answered with the status 401."""

    @property
    def id(self) -> str:
        """The id of the event, the same in every delivery of it."""
        return self.event.id

    @property
    def type(self) -> str:
        """The type of the event, such as `message.sent`."""
        return self.event.type

    @property
    def data(self) -> dict[str, Any]:
        """The payload of the event."""
        return self.event.data

    @property
    def signature(self) -> str | None:
        """The value of the signature's header."""
        return self.headers.get(SIGNATURE_HEADER.lower())


@frozen(repr=False)
class _Answer(SafeRepr):
    status: int | None
    body: bytes
    headers: Mapping[str, str]
    delay: float


class WebhookInbox:
    """Receives webhooks in a test.

    Example:
        ```python
        with Emulator() as emulator, WebhookInbox() as inbox:
            inbox.register(emulator, "message.sent")
            ...  # What sends a message.
            assert inbox.wait_for("message.sent").data["conversation_id"] == conversation.id
        ```
    """

    def __init__(self) -> None:
        """Starts to listen, on a port of 127.0.0.1 that is free."""
        self.received: Final[list[Received]] = []
        """What has come so far, in the order in which it came, refused deliveries too."""
        self.secrets: Final[MutableSequence[str]] = _Secrets()
        """The secrets that a delivery may be signed with. While there is none, the inbox accepts every delivery.

        A secret that is empty, or has white space, quotes or a byte order mark around it, is a `ValueError`.
        """
        self._arrived: Final = Condition()
        self._awaited: Final = deque[Received]()
        self._answers: Final = deque[_Answer]()
        self._usual: _Answer = _Answer(200, b"", {}, 0)
        self._closing: Final = Signal()
        self._server: Final = _Server(self)
        self._thread: Final = Thread(target=self._listen, name="orbit-inbox", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it receives webhooks. Every path below is fine too."""
        return f"http://127.0.0.1:{self._server.server_port}/webhooks"

    def register(self, at: emulators.Emulator | orbitconnect.OrbitServer, *event_types: str) -> Webhook:
        """Registers the inbox as a webhook, and trusts the webhook's secret.

        Args:
            at: The emulator, or a client.
            event_types: What to subscribe it to; all events if none is given.

        Returns:
            The webhook.
        """
        from ..emulator import Emulator

        orbit = at.client() if isinstance(at, Emulator) else at
        webhook = orbit.webhooks.create(self.url)
        if webhook.secret is not None:
            self.secrets.append(webhook.secret)
        for event_type in event_types or (_ALL_EVENTS,):
            orbit.webhooks.subscribe(webhook.id, event_type)
        return webhook

    def wait_for(
        self, type: str | None = None, *, where: Callable[[Received], bool] | None = None, timeout: float = 5.0
    ) -> Received:
        """Waits for a delivery. Each is returned once: a second call waits for a second one.

        Args:
            type: The type of the event, such as `message.sent`; None takes any.
            where: What else has to be true of it.
            timeout: For how many seconds of real time to wait.

        Returns:
            The first delivery that fits. Those before it can still be waited for.

        Raises:
            TimeoutError: If none came. It names what did.
        """
        deadline = monotonic() + timeout
        with self._arrived:
            while True:
                for delivery in self._awaited:
                    if not delivery.is_refused and type in (None, delivery.type) and (where is None or where(delivery)):
                        self._awaited.remove(delivery)
                        return delivery
                left = deadline - monotonic()
                if left <= 0:
                    raise TimeoutError(self._missing(type, timeout))
                self._arrived.wait(left)

    def answer(
        self,
        status: int | None,
        *,
        body: str = "",
        headers: Mapping[str, str] | None = None,
        retry_after: int | str | None = None,
        delay: float = 0.0,
        times: int | None = None,
    ) -> None:
        """Sets what the inbox answers from now on; at first it is the status 200.

        Args:
            status: The status; None closes the connection without an answer.
            body: The body.
            headers: Further headers, such as the `location` of a redirect.
            retry_after: The header that asks to be left alone: seconds or an HTTP date.
            delay: How many seconds to wait before, of real time.
            times: For how many deliveries; then the one set before applies again. Those that are set one after the
                other come one after the other. None is for all.
        """
        named = dict(headers or {})
        if retry_after is not None:
            named[RETRY_AFTER_HEADER] = str(retry_after)
        answer = _Answer(status, body.encode(), named, delay)
        with self._arrived:
            if times is None:
                self._answers.clear()
                self._usual = answer
            else:
                self._answers.extend([answer] * times)

    def clear(self) -> None:
        """Forgets what has come so far."""
        with self._arrived:
            self.received.clear()
            self._awaited.clear()

    def close(self) -> None:
        """Stops to listen. A second time does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        # The thread waits for a connection.
        socket.create_connection(("127.0.0.1", self._server.server_port), 5).close()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _listen(self) -> None:
        while not self._closing.is_set():
            self._server.handle_request()

    def _take_in(self, headers: Mapping[str, str], body: bytes) -> _Answer:
        """Keeps a delivery, and says what to answer."""
        try:
            content = json.loads(body)
        except ValueError:
            content = None
        event = Event.from_dict(cast("dict[str, object]", content) if isinstance(content, dict) else {})
        with self._arrived:
            delivery = Received(headers, body, event, not self._trusts(headers, body))
            self.received.append(delivery)
            self._awaited.append(delivery)
            self._arrived.notify_all()
            if delivery.is_refused:
                return _Answer(_UNAUTHORIZED, b"The signature is wrong.", {}, 0)
            return self._answers.popleft() if self._answers else self._usual

    def _trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        if not self.secrets:
            return True
        try:
            verify(body, headers.get(SIGNATURE_HEADER.lower()), self.secrets)
        except WebhookVerificationError:
            return False
        return True

    def _missing(self, type: str | None, timeout: float) -> str:
        came = [
            f"{delivery.type} (with a wrong signature)" if delivery.is_refused else delivery.type
            for delivery in self.received
        ]
        return f"No {type or 'delivery'} within {timeout:g} s. {', '.join(came) or 'Nothing'} came before."


class _Secrets(MutableSequence[str]):
    """A list that refuses what cannot be a secret when it is added, not at the next delivery."""

    def __init__(self) -> None:
        self._items: Final[list[str]] = []

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._items[index]

    def __setitem__(self, index: Any, value: str | Iterable[str]) -> None:
        values = [value] if isinstance(value, str) else list(value)
        for secret in values:
            checked_secret(secret)
        self._items[index] = values if isinstance(index, slice) else values[0]

    def __delitem__(self, index: int | slice) -> None:
        del self._items[index]

    def insert(self, index: int, value: str) -> None:
        checked_secret(value)
        self._items.insert(index, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (list, _Secrets)) and self._items == list(cast("Iterable[object]", other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(getattr(self, '_items', ()))} secrets>"


class _Server(ThreadingHTTPServer):
    # Closing waits for the threads.
    daemon_threads = False
    block_on_close = True

    def __init__(self, inbox: WebhookInbox) -> None:
        self.inbox: Final = inbox
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that goes away is nothing to tell of."""


class _Handler(BaseHTTPRequestHandler):
    timeout: ClassVar[float | None] = 2.0
    server_version = "WebhookInbox"
    sys_version = ""

    def do_POST(self) -> None:
        try:
            body = self._body()
        except ValueError:
            self.send_error(_BAD_REQUEST)
            return
        if len(body) > _LARGEST_BODY:
            self.send_error(_TOO_LARGE)
            return
        inbox = cast("_Server", self.server).inbox
        answer = inbox._take_in({name.lower(): value for name, value in self.headers.items()}, body)  # pyright: ignore[reportPrivateUsage]
        if answer.delay:
            inbox._closing.wait(answer.delay)  # pyright: ignore[reportPrivateUsage]
        if answer.status is None:
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return read_chunks(self.rfile, _LARGEST_BODY)
        length = int(self.headers.get("content-length") or 0)
        if length < 0:
            raise ValueError
        body = self.rfile.read(min(length, _LARGEST_BODY + 1))
        if len(body) < length and len(body) <= _LARGEST_BODY:
            raise ConnectionError  # The sender went away.
        return body

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the test sees what came."""
