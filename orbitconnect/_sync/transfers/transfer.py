# Derived from orbitconnect/_async/transfers/transfer.py by `make generate`: edit that file.
"""Shared by uploads and downloads: connections to signed URLs, time limits and retries."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Literal, ParamSpec, Self, TypeVar, cast

from httpx import BaseTransport, Response

from orbitconnect_api import operations
from orbitconnect_api.types import Operation, Request

from ..._http import live_hook
from ..._http.over_httpx._sync.live_guard import watch
from ..._http.over_httpx._sync.transport import Transport
from ..._http.over_httpx.transfer_request import TRANSPORT_ERRORS, SyncByteStream, transfer_failure, transfer_request
from ..._pipeline.outcome import Answer, Failure
from ..._pipeline.retry import SUCCESS_REFUND, next_retry
from ..._pipeline.settings import HeaderPairs, check_timeout
from ..._pipeline.traceback import hide_secrets
from ..._transfers.failures import failure_error, refused, too_late, unreadable
from ..._transfers.plan import ERROR_BYTES, check_idle_timeout
from ..._transfers.signed_url import SignedUrl, UnsafeTarget, check_url
from ...errors import OrbitServerError
from ..executor import Executor, within

T = TypeVar("T")
P = ParamSpec("P")


class Outgoing(SyncByteStream):
    """The body of one upload request, which records its progress and failure."""

    length: int
    left: int
    """The number of bytes not yet passed to the connection."""
    failure: Exception | None = None
    """The exception raised while reading the body, such as an error of the local file. Never treated as a network
    error."""
    traceback: TracebackType | None = None


class Incoming:
    """A response whose body is read in chunks."""

    def __init__(self, response: Response, url: SignedUrl) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._url = url
        # Use only the stream, because `httpx.Response` would also process cookies, encoding and history.
        self._stream = cast("SyncByteStream", response.stream)
        self._chunks = self._stream.__iter__()

    def chunk(self) -> bytes | Failure | None:
        """Read the next bytes. None at the end."""
        try:
            return next(self._chunks, None)
        except TRANSPORT_ERRORS as error:
            return transfer_failure(error, self._url)

    def close(self) -> None:
        """Release the connection. If the body has not ended, the connection is closed."""
        close = getattr(self._chunks, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._stream.close()


class Transfer:
    """One upload or download."""

    def __init__(
        self,
        executor: Executor,
        what: Literal["upload", "download"],
        operation: Operation,
        *,
        timeout: float | None,
        idle_timeout: float,
    ) -> None:
        """Start the time limit. Opens no connection yet.

        Args:
            executor: Executes the API calls. Its settings also apply to the transfer.
            what: The word for the transfer in error messages.
            operation: The operation that returns the signed URLs.
            timeout: The time limit for the whole transfer in seconds, including the API calls. None means no limit.
            idle_timeout: The maximum time without progress on a connection, in seconds.
        """
        self._executor = executor
        self._settings = executor._settings  # pyright: ignore[reportPrivateUsage]  # A transfer is part of the client.
        self._connection = executor._connection  # pyright: ignore[reportPrivateUsage]  # As above.
        self._connection.load_files()
        self._what = what
        self._operation = operation
        self._timeout = check_timeout(timeout)
        self._idle_seconds = check_idle_timeout(idle_timeout)
        self.clock = self._connection.clock
        self._ends = math.inf if self._timeout is None else self.clock.monotonic() + self._timeout
        self._own: BaseTransport | None = None
        self._origin = ""
        self.hint = ""
        """A possible reason for a rejected URL, for the error message."""

    @property
    def max_retries(self) -> int:
        """The maximum number of retries."""
        return self._settings.max_retries

    def left(self) -> float:
        """The remaining time of the transfer, in seconds."""
        return self._ends - self.clock.monotonic()

    def call(self, request: Request[T]) -> T:
        """Execute an API call within the remaining time."""
        left = self.left()
        if left <= 0:
            raise too_late(self._what, self._timeout, operation=self._operation.id, attempts=1)
        return within(self._executor, left).execute(request)

    def checked(self, check: Callable[P, T], *values: P.args, **options: P.kwargs) -> T:
        """Run a check on a value from the API's response, and return its result.

        Raises:
            UnreadableResponseError: If the check fails with `UnsafeTarget`.
        """
        try:
            return check(*values, **options)
        except UnsafeTarget as error:
            flaw = str(error)
        raise self.unreadable(f"the API returned a URL that must not be used: {flaw}")

    def url(self, given: object) -> SignedUrl:
        """Check a signed URL that the API returned."""
        # An emulator's server uses plain HTTP. Its client has a test key and a transport that connects to nothing else.
        emulated = self._connection.transport is not None and self._settings.key_kind == "sk_test_"
        return self.checked(check_url, given, operations.BASE_URL, allow_loopback=emulated)

    def unreadable(self, flaw: str, status: int = 0) -> Exception:
        """The error for a response without the information that the transfer needs."""
        return unreadable(self._what, flaw, operation=self._operation.id, status=status)

    def put(self, url: SignedUrl, headers: HeaderPairs, new_body: Callable[[], Outgoing]) -> None:
        """Send a body with `PUT`, and retry if that fails. It is safe to repeat a `PUT` with the same bytes.

        Args:
            url: The signed URL.
            headers: The headers that the API asks to send with it.
            new_body: Creates the body for an attempt.

        Raises:
            OrbitServerError: If all attempts failed.
        """
        attempt, refund = 1, SUCCESS_REFUND
        while True:
            body = new_body()
            outcome = self._put_once(url, headers, body)
            if isinstance(outcome, Answer) and 200 <= outcome.status < 300:
                self._connection.quota.give_back(refund)
                return
            refund = self.pause(outcome, attempt, url)
            attempt += 1

    def _put_once(self, url: SignedUrl, headers: HeaderPairs, body: Outgoing) -> Answer | Failure:
        incoming = self.send("PUT", url, headers, body)
        if isinstance(incoming, Failure):
            return incoming
        try:
            answer = self.answer_of(incoming)
        finally:
            incoming.close()
        if 200 <= answer.status < 300 and body.left:
            return Failure(f"{url.host} responded before it had received all bytes", sent=True)
        return answer

    def send(
        self, method: str, url: SignedUrl, headers: HeaderPairs, body: Outgoing | None = None
    ) -> Incoming | Failure:
        """Send a request. The caller must close the response."""
        left = self.left()
        if left <= 0:
            return Failure("The time limit passed before the request was sent", sent=False, timeout=True)
        length = None if body is None else body.length
        idle_seconds = min(self._idle_seconds, left)
        request = self.checked(transfer_request, method, url, headers, body, length, idle_seconds)
        transport = self._transport(url)
        if live_hook.check is not None:
            watch(request, transport, live_hook.check)
        failure: Failure | None = None
        try:
            return Incoming(transport.handle_request(request), url)
        except TRANSPORT_ERRORS as error:
            failure = transfer_failure(error, url)
        except Exception:
            if body is None or body.failure is None:
                raise
        if body is not None and body.failure is not None:
            # Omit the transport's frames, whose local variables contain the URL.
            raise body.failure.with_traceback(body.traceback)
        assert failure is not None
        return failure

    def answer_of(self, incoming: Incoming) -> Answer:
        """Read a response that is not a file: at most 64 KiB of its body, for at most the idle timeout."""
        ends = min(self._ends, self.clock.monotonic() + self._idle_seconds)
        body = bytearray()
        while len(body) < ERROR_BYTES and self.clock.monotonic() <= ends:
            chunk = incoming.chunk()
            if not isinstance(chunk, bytes):
                break
            body += chunk[: ERROR_BYTES - len(body)]
        return Answer(incoming.status, incoming.headers, bytes(body))

    def pause(self, outcome: Answer | Failure, attempt: int, url: SignedUrl) -> int:
        """Wait before the next attempt.

        Returns:
            The cost of the retry, as taken from the retry quota.

        Raises:
            OrbitServerError: If it is not safe to retry the transfer.
        """
        clock, left = self.clock, self.left()
        retry = next_retry(
            "safe",
            outcome,
            attempt=attempt,
            max_retries=self.max_retries,
            seconds_left=left,
            clock=clock,
            quota=self._connection.quota,
        )
        if retry is None:
            operation = self._operation.id
            if isinstance(outcome, Failure):
                raise failure_error(
                    self._what, outcome, operation=operation, attempts=attempt, late=left <= 0, limit=self._timeout
                )
            raise refused(
                self._what, outcome, url, operation=operation, attempts=attempt, now=clock.time(), hint=self.hint
            )
        clock.sleep(retry.delay)
        return retry.cost

    def give_back(self, cost: int) -> None:
        """Return the cost of a retry to the quota, because the retry made progress."""
        self._connection.quota.give_back(cost)

    def _transport(self, url: SignedUrl) -> BaseTransport:
        """The transport that was passed to the client.

        If none was passed, one with a single connection for this transfer.
        """
        given = self._connection.transport
        if given is not None:
            return given
        if self._own is None or self._origin != url.origin:
            # The single connection must not be reused for another origin.
            self.close()
            self._own, self._origin = Transport(), url.origin
        return self._own

    def close(self) -> None:
        """Close the transfer's own connection."""
        own, self._own = self._own, None
        if own is not None:
            own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            hide_secrets(error)
        if isinstance(error, OrbitServerError):
            self._settings.redactor.error(error)
        self.close()
