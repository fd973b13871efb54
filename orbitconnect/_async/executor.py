"""Execute calls: prepare the request, send it, retry if necessary, and read the result."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from orbitconnect_api.types import Request, Response

from .._concurrency.blocking import run_in_thread
from .._pipeline import finish
from .._pipeline.capture import capture, response_of
from .._pipeline.open_payload import OpenPayload
from .._pipeline.outcome import Answer, Failure
from .._pipeline.prepare import Prepared, prepare
from .._pipeline.retry import SUCCESS_REFUND, next_retry
from .._pipeline.settings import Settings
from .._pipeline.traceback import hide_secrets
from .._pipeline.watch import Watch, begin_watch
from ..errors import OrbitServerError
from .connection import AsyncConnection
from .streaming import AsyncSender, AsyncStreamedCall

T = TypeVar("T")

_NO_ANSWER: Final = Answer(0, {}, b"")
_EARLY_SECONDS: Final = 0.002
"""The number of seconds by which a timer can fire early. uvloop rounds times to milliseconds."""


class _Done(NamedTuple, Generic[T]):
    """A call that succeeded."""

    result: T
    answer: Answer
    attempts: int
    elapsed: float


class AsyncExecutor:
    """Executes all calls of a client.

    Also available as `orbit.raw`, for the generated functions and for paths that the SDK does not know.
    """

    def __init__(self, settings: Settings, connection: AsyncConnection) -> None:
        self._settings = settings
        self._connection = connection

    async def execute(self, request: Request[T]) -> T:
        """Execute a call.

        Args:
            request: The call, from the `build` function of a generated module.

        Returns:
            The call's result.

        Raises:
            ValueError: If the acting user is missing, or a value cannot be sent.
            TypeError: If a value has the wrong type.
            OrbitServerError: For any API or network error.
        """
        return (await self._call(request, finish.result_of)).result

    async def execute_detailed(self, request: Request[T]) -> Response[T]:
        """Execute a call like `execute`, and return the result together with the status and headers."""
        done = await self._call(request, finish.result_of)
        return response_of(done.answer, done.result, done.attempts, done.elapsed, self._settings.redactor)

    def execute_stream(self, request: Request[T]) -> AsyncStreamedCall[T]:
        """Execute a call whose response is a file, and read the file while it arrives.

        The time limit of the client applies to the whole call, including the reading. The call has a connection of its
        own, which is closed at the end of the `with` block.

        Args:
            request: The call, from the `build` function of a generated module.

        Returns:
            A context manager. Entering it raises the errors of `execute`.
        """
        return AsyncStreamedCall(self._answer, self._settings, self._connection, request)

    async def request(
        self,
        method: str,
        path: str,
        *,
        path_parameters: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        acting_user_id: str | None = None,
        retry: Literal["never", "safe"] | None = None,
    ) -> Any:
        """Call a path that this version of the SDK does not know.

        Retries, signing and errors are the same as for all other calls.

        Args:
            method: The HTTP method.
            path: The path relative to the API's base URL, with path parameters in braces.
            path_parameters: The values of the path parameters. They are percent-encoded.
            query: The query's values. A list is sent as several values, and None is omitted.
            body: The JSON object to send.
            acting_user_id: The acting user's id. Optional on a client from `orbit.as_user(...)`.
            retry: `safe` if the call may be repeated, or `never`. The default is `safe` for GET and `never` otherwise.

        Returns:
            The response's data as plain JSON values.

        Raises:
            ValueError: If the path or a value cannot be sent.
            TypeError: If a value has the wrong type.
            OrbitServerError: For any API or network error.

        Example:
            ```python
            thing = await orbit.raw.request("GET", "/things/{thing_id}", path_parameters={"thing_id": "thg_1"})
            ```
        """
        from .._pipeline.raw import raw_request  # Imported here because few programs need it.

        acting_user_id = self._settings.acting_user_id if acting_user_id is None else acting_user_id
        request = raw_request(method, path, path_parameters, query, body, acting_user_id, retry)
        return (await self._call(request, finish.anything_of)).result

    async def _call(self, request: Request[T], read: Callable[[Request[T], Answer, int], T]) -> _Done[T]:
        """Execute a call, and report it to observers, the log and captures."""
        settings, connection = self._settings, self._connection
        clock = connection.clock
        prepared: Prepared | None = None
        payload: OpenPayload | None = None
        answer = _NO_ANSWER
        watch: Watch | None = None
        try:
            if request.payload is not None:
                payload = await run_in_thread(OpenPayload, request.payload)
            prepared = prepare(request, settings, payload)
            began = clock.monotonic()
            watch = begin_watch(request.operation, settings.observers, clock)
            answer, attempts = await self._answer(request, prepared, began, watch, connection)
            result = read(request, answer, attempts)
        except BaseException as error:
            hide_secrets(error)
            answer = _NO_ANSWER  # A traceback contains the frame's local variables, and a response may quote the key.
            if isinstance(error, OrbitServerError) and prepared is not None:
                prepared.redactor.error(error)
            if watch is not None:
                watch.end(error)
            raise
        finally:
            if payload is not None:
                payload.close()
        if watch is not None:
            watch.end(None)
        done = _Done(result, answer, attempts, clock.monotonic() - began)
        capture(connection, answer, result, attempts, done.elapsed, settings.redactor)
        return done

    async def _answer(
        self, request: Request[T], prepared: Prepared, began: float, watch: Watch | None, sender: AsyncSender
    ) -> tuple[Answer, int]:
        """Make attempts until one succeeds. If all fail, raise the error of the last one."""
        settings, connection = self._settings, self._connection
        clock, quota = connection.clock, connection.quota
        ends = None if settings.timeout is None else began + settings.timeout
        attempt, refund, sent = 1, SUCCESS_REFUND, False
        while True:
            if watch is not None:
                prepared.more_headers = watch.attempt()
            if prepared.payload is not None:
                await run_in_thread(prepared.sign_payload, clock.time())
            outcome = await sender.send(prepared, ends)
            if prepared.payload is not None and prepared.payload.failure is not None:
                raise prepared.payload.failure
            if finish.is_success(outcome):
                quota.give_back(refund)
                if watch is not None:
                    watch.outcome(outcome, None, prepared.redactor)
                return outcome, attempt
            sent = sent or not isinstance(outcome, Failure) or outcome.sent
            left = float("inf") if ends is None else ends - clock.monotonic()
            retry = next_retry(
                request.operation.retry,
                outcome,
                attempt=attempt,
                max_retries=settings.max_retries,
                seconds_left=left,
                clock=clock,
                quota=quota,
            )
            if watch is not None:
                watch.outcome(outcome, None if retry is None else retry.delay, prepared.redactor)
            if retry is None:
                error = finish.error_of(
                    request,
                    outcome,
                    attempts=attempt,
                    sent=sent,
                    timeout=settings.timeout,
                    late=left <= _EARLY_SECONDS,
                    now=clock.time(),
                )
                outcome = _NO_ANSWER
                raise error
            await clock.async_sleep(retry.delay)
            attempt, refund = attempt + 1, retry.cost


def within(executor: AsyncExecutor, seconds: float) -> AsyncExecutor:
    """Return an executor whose calls have this time limit, or their own if that is shorter. Takes only microseconds."""
    settings = executor._settings  # pyright: ignore[reportPrivateUsage]  # This function is part of the class.
    if seconds >= (math.inf if settings.timeout is None else settings.timeout):
        return executor
    return AsyncExecutor(settings.evolve(timeout=seconds), executor._connection)  # pyright: ignore[reportPrivateUsage]  # As above.
