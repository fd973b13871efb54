"""A receiver of webhooks for tests: listens on a loopback address, and verifies and records the deliveries."""

from __future__ import annotations

import json
import socket
from collections import deque
from collections.abc import Callable, Mapping, MutableSequence
from threading import Condition, Thread
from threading import Event as Signal
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast

from attrs import field, frozen

import orbitconnect
from orbitconnect_api.models.event import Event
from orbitconnect_api.models.webhook import Webhook
from orbitconnect_api.operations import RETRY_AFTER_HEADER
from orbitconnect_api.types import SafeRepr

from .._later import Later
from .._pipeline.clock import monotonic
from ..webhooks import SIGNATURE_HEADER, WebhookVerificationError, verify
from .inbox_server import InboxResponse, InboxServer
from .secret_list import SecretList

if TYPE_CHECKING:
    from .. import emulator as emulators
else:
    emulators = Later("orbitconnect.emulator")

_ALL_EVENTS: Final = "*"
_UNAUTHORIZED: Final = 401


@frozen(repr=False)
class Received(SafeRepr):
    """A delivery that an inbox has received."""

    headers: Mapping[str, str]
    """The delivery's headers, with names in lower case."""
    body: bytes = field(repr=False)
    """The delivery's body, byte for byte."""
    event: Event
    """The delivered event: `id`, `type`, `created_at` and `data`."""
    is_refused: bool
    """Whether the delivery is not signed with any of the inbox's secrets. The inbox answered it with 401."""

    @property
    def id(self) -> str:
        """The event's id, the same in every delivery of the event."""
        return self.event.id

    @property
    def type(self) -> str:
        """The event's type, such as `message.sent`."""
        return self.event.type

    @property
    def data(self) -> dict[str, Any]:
        """The event's payload."""
        return self.event.data

    @property
    def signature(self) -> str | None:
        """The value of the signature's header, or None."""
        return self.headers.get(SIGNATURE_HEADER.lower())


class WebhookInbox:
    """Receives webhooks in a test.

    Example:
        ```python
        with Emulator() as emulator, WebhookInbox() as inbox:
            inbox.register(emulator, "message.sent")
            ...  # Send a message.
            assert inbox.wait_for("message.sent").data["conversation_id"] == conversation.id
        ```
    """

    def __init__(self) -> None:
        """Start listening on a free port of 127.0.0.1."""
        self.received: Final[list[Received]] = []
        """All deliveries so far, in the order in which they arrived, including refused ones."""
        self.secrets: Final[MutableSequence[str]] = SecretList()
        """The secrets that a delivery may be signed with. While this list is empty, the inbox accepts every delivery.

        A secret that is empty, or is surrounded by white space, quotes or a byte order mark, raises `ValueError`.
        """
        self._arrived: Final = Condition()
        self._awaited: Final = deque[Received]()
        self._responses: Final = deque[InboxResponse]()
        self._default: InboxResponse = InboxResponse(200, b"", {}, 0)
        self._closing: Final = Signal()
        self._server: Final = InboxServer(self._receive, self._closing)
        self._thread: Final = Thread(target=self._listen, name="orbit-inbox", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The URL at which the inbox receives webhooks. Any path below it works, too."""
        return f"http://127.0.0.1:{self._server.server_port}/webhooks"

    def register(self, at: emulators.Emulator | orbitconnect.OrbitServer, *event_types: str) -> Webhook:
        """Register the inbox as a webhook endpoint, and trust the endpoint's secret.

        Args:
            at: The emulator, or a client.
            event_types: The event types to subscribe to, such as `message.sent`, `message.*` or `*`. All events by
                default.

        Returns:
            The webhook endpoint.

        Raises:
            OrbitServerError: If a call to the emulator or the API failed.

        Example:
            ```python
            inbox.register(emulator, "message.sent", "call.*")
            ```
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
        """Wait for a delivery. Each delivery is returned once, so a second call waits for another one.

        Args:
            type: The event's type, such as `message.sent`. Any type by default.
            where: A further condition on the delivery.
            timeout: How long to wait, in seconds of real time. 5 by default.

        Returns:
            The first delivery that matches. You can still wait for earlier deliveries that do not match.

        Raises:
            TimeoutError: If no delivery matched in time. The message names the deliveries that arrived.

        Example:
            ```python
            delivery = inbox.wait_for("message.sent", where=lambda sent: sent.data["message_id"] == message.id)
            ```
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
        """Set the inbox's response for the next deliveries. The initial response is an empty 200.

        Args:
            status: The status. None closes the connection without a response.
            body: The body.
            headers: Further headers, such as the `location` of a redirect.
            retry_after: The `Retry-After` header: seconds, or an HTTP date.
            delay: How long to wait before the response, in seconds of real time.
            times: The number of deliveries that get this response; afterwards, the previous one applies again. The
                responses of several calls with `times` are queued. By default, all deliveries get the response, and the
                queue is cleared.

        Example:
            ```python
            inbox.answer(503, retry_after=60, times=2)
            ```
        """
        named = dict(headers or {})
        if retry_after is not None:
            named[RETRY_AFTER_HEADER] = str(retry_after)
        response = InboxResponse(status, body.encode(), named, delay)
        with self._arrived:
            if times is None:
                self._responses.clear()
                self._default = response
            else:
                self._responses.extend([response] * times)

    def clear(self) -> None:
        """Forget all deliveries so far."""
        with self._arrived:
            self.received.clear()
            self._awaited.clear()

    def close(self) -> None:
        """Stop listening. A second call does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        # The thread is waiting for a connection.
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

    def _receive(self, headers: Mapping[str, str], body: bytes) -> InboxResponse:
        """Record a delivery and return the response for it."""
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
                return InboxResponse(_UNAUTHORIZED, b"The signature is wrong.", {}, 0)
            return self._responses.popleft() if self._responses else self._default

    def _trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        if not self.secrets:
            return True
        try:
            verify(body, headers.get(SIGNATURE_HEADER.lower()), self.secrets)
        except WebhookVerificationError:
            return False
        return True

    def _missing(self, type: str | None, timeout: float) -> str:
        arrived = [
            f"{delivery.type} (with a wrong signature)" if delivery.is_refused else delivery.type
            for delivery in self.received
        ]
        return f"No {type or 'delivery'} within {timeout:g} s. Arrived before: {', '.join(arrived) or 'nothing'}."
