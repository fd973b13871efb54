# Derived from orbitconnect/_async/executor.py by `make generate`: edit that file.
"""Carries out calls: prepare, send, decide, finish."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from orbitconnect_api.types import Request, Response

from .._pipeline import finish
from .._pipeline.capture import capture, response_of
from .._pipeline.outcome import Answer, Failure
from .._pipeline.prepare import Prepared, prepare
from .._pipeline.retry import SUCCESS_REFUND, next_retry
from .._pipeline.settings import Settings
from .._pipeline.traceback import hide_secrets
from .._pipeline.watch import Watch, begin_watch
from ..errors import OrbitServerError
from .connection import Connection

T = TypeVar("T")

_NO_ANSWER: Final = Answer(0, {}, b"")


class _Done(NamedTuple, Generic[T]):
    """A call that succeeded."""

    result: T
    answer: Answer
    attempts: int
    elapsed: float


class Executor:
    """What all calls of a client go through; `orbit.raw`, for the generated functions and for paths of your own."""

    def __init__(self, settings: Settings, connection: Connection) -> None:
        self._settings = settings
        self._connection = connection

    def execute(self, request: Request[T]) -> T:
        """Carries out a call.

        Returns:
            Its result.

        Raises:
            OrbitServerError: If it failed.
            ValueError: If the acting user is missing, or a value cannot be sent.
            TypeError: If a value has a wrong type.
        """
        return (self._call(request, finish.result_of)).result

    def execute_detailed(self, request: Request[T]) -> Response[T]:
        """Carries out a call as `execute` does, and returns the result with the status and headers around it."""
        done = self._call(request, finish.result_of)
        return response_of(done.answer, done.result, done.attempts, done.elapsed, self._settings.redactor)

    def request(
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
        """Calls a path that this version does not know, with the retries, the signing and the errors of all calls.

        Example:
            orbit.raw.request("GET", "/things/{id}", path_parameters={"id": thing_id})

        Args:
            method: The HTTP method.
            path: The path below the API's base URL. Parameters stand in braces, and are encoded.
            path_parameters: Their values.
            query: The query's values; a list is sent as several values, and what is None is left out.
            body: The JSON object to send.
            acting_user_id: The acting user; the view's own where it is left out.
            retry: `safe` if the call may be sent twice. Without it, only GET is.

        Returns:
            The answer's data as plain JSON values.

        Raises:
            OrbitServerError: If the call failed.
            ValueError: If the path or a value cannot be sent.
            TypeError: If a value has a wrong type.
        """
        from .._pipeline.raw import raw_request  # Here, because few programs have a need for it.

        acting_user_id = self._settings.acting_user_id if acting_user_id is None else acting_user_id
        request = raw_request(method, path, path_parameters, query, body, acting_user_id, retry)
        return (self._call(request, finish.anything_of)).result

    def _call(self, request: Request[T], read: Callable[[Request[T], Answer, int], T]) -> _Done[T]:
        """Carries out a call, and tells those who watch."""
        settings, connection = self._settings, self._connection
        clock = connection.clock
        prepared: Prepared | None = None
        answer = _NO_ANSWER
        watch: Watch | None = None
        try:
            prepared = prepare(request, settings)
            began = clock.monotonic()
            watch = begin_watch(request.operation, settings.observers, clock)
            answer, attempts = self._answer(request, prepared, began, watch)
            result = read(request, answer, attempts)
        except BaseException as error:
            hide_secrets(error)
            answer = _NO_ANSWER  # A traceback shows the locals of its frames, and an answer may quote the key.
            if isinstance(error, OrbitServerError) and prepared is not None:
                prepared.redactor.error(error)
            if watch is not None:
                watch.end(error)
            raise
        if watch is not None:
            watch.end(None)
        done = _Done(result, answer, attempts, clock.monotonic() - began)
        capture(connection, answer, result, attempts, done.elapsed, settings.redactor)
        return done

    def _answer(
        self, request: Request[Any], prepared: Prepared, began: float, watch: Watch | None
    ) -> tuple[Answer, int]:
        """Tries until there is a success; raises the error of the last attempt."""
        settings, connection = self._settings, self._connection
        clock, quota = connection.clock, connection.quota
        ends = None if settings.timeout is None else began + settings.timeout
        attempt, refund, sent = 1, SUCCESS_REFUND, False
        while True:
            if watch is not None:
                prepared.more_headers = watch.attempt()
            outcome = connection.send(prepared, ends)
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
                    late=left <= 0,
                    now=clock.time(),
                )
                outcome = _NO_ANSWER
                raise error
            clock.sleep(retry.delay)
            attempt, refund = attempt + 1, retry.cost
