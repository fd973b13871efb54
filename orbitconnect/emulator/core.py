"""The emulator: the way of one request through it, without any I/O but the database's."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter_ns, time_ns
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack

from attrs import evolve

import orbitconnect
from orbitconnect_api import operations
from orbitconnect_api.models.usage_event import UsageEvent
from orbitconnect_api.types import Model

from .._later import Later
from .._pipeline.secret import Secret
from .._pipeline.settings import check_signing_secret
from ..observers import Observer
from .access import TEST_KEY, acting_user, check_key, check_signature
from .clock import Clock, RunningClock, to_microseconds
from .contract import schema_of
from .control.controls import Controls
from .control.faults import instead_of_answer, operation_of
from .control.rate_limits import RateLimit
from .control.visit import Visit
from .exchange import MAX_BODY, GivenStream, Request, Response, encode_json, encoded_response, gathered, json_response
from .failure import emulator_failed
from .handlers import Answer, Call, Context, all_handlers
from .jobs import run_next
from .media.file_routes import answer_file
from .media.files import FileStore
from .media.options import MediaOptions
from .media.routes import HEAD, is_file_target
from .router import find
from .rules import BODY_SIZE, EMULATED, RULE_HEADER, Refusal, error_body
from .store import MEMORY, Store
from .webhooks.initial import InitialWebhook, register

if TYPE_CHECKING:
    import httpx

    from .server import run
else:
    httpx, run = Later("httpx"), Later(".server.run", __package__)

_READING: Final = "GET"


class ClientOptions(TypedDict, total=False):
    """The options of a client; what is left out has the client's own default."""

    secret_key: str
    signing_secret: str | None
    timeout: float | None
    max_retries: int
    observers: Sequence[Observer]


class Emulator(Controls):
    """The OrbitConnect API in this process, with a state of its own.

    Example:
        with Emulator() as emulator, emulator.client() as orbit:
            user = orbit.users.create(external_id="customer-1", display_name="Ada")
    """

    secret_key: Final = TEST_KEY
    """A secret key that works. Every other key that starts with `sk_test_` does too."""

    def __init__(
        self,
        path: str | os.PathLike[str] = MEMORY,
        *,
        clock: Clock | None = None,
        seed: int | str | None = None,
        signing_secret: str | None = None,
        rate_limit: RateLimit | None = None,
        webhook_timeout: float = 15.0,
        files: str | os.PathLike[str] | None = None,
        media: MediaOptions | None = None,
        webhooks: Sequence[InitialWebhook] = (),
    ) -> None:
        """Starts an emulator.

        Args:
            path: The file that keeps its state, made where there is none; without one the state is gone at the end.
            clock: Its time; `ManualClock` stands still. Without one it runs with the machine's.
            seed: The same requests in the same order get the same ids and secrets in every run, whatever the clock
                says and whatever falls due in between. With a `ManualClock` whole answers are the same, byte for byte;
                with a clock that runs, instants differ, and with them tokens and the URLs of files, which hold when
                they expire. Without a seed, ids and secrets are random.
            signing_secret: If it is given, every request must be signed with it.
            rate_limit: How many requests a key may make in so much of the emulator's time; any number without one.
            webhook_timeout: How many seconds of real time a webhook's receiver has for its answer.
            files: The folder for the bytes of media. Without one it lies next to the file that keeps the state, its
                name ending in `.files`; where there is no such file, it is a temporary one that is removed at the end.
            media: How large uploads may be, how long processing takes, and the like.
            webhooks: Webhooks that are registered from the beginning, and again after `reset`.

        Raises:
            ValueError: If the file is no emulator's, or one of another version; or if `signing_secret` has a line
                break or something else in it that copying leaves.
        """
        check_signing_secret(Secret(signing_secret))
        is_beside = files is None and os.fspath(path) != MEMORY
        store = Store(path, seed)
        folder = FileStore(f"{os.fspath(path)}.files" if is_beside else files, is_own=is_beside)
        super().__init__(store, folder, clock or RunningClock(), seed, rate_limit, webhook_timeout)
        self._signing_secret = signing_secret
        self.media: Final = media or MediaOptions()
        """How it deals with files."""
        self._initial_webhooks: Final = tuple(webhooks)
        self._begin()

    def handle(self, request: Request) -> Response:
        """Answers a request. Requests of several threads are answered one after the other.

        If the emulator itself fails, nothing of the request is kept, and the answer is 500 with the code
        `emulator_failed`.

        Raises:
            RuntimeError: If the emulator is closed.
        """
        began = perf_counter_ns()
        if is_file_target(request.target):
            return self._handle_file(request, began)
        if request.stream is not None:
            request = gathered(request)
        with self._lock:
            self._check_open()
            visit = Visit(to_microseconds(self.clock.now()))
            response = self._respond(request, visit)
            self._deliverer.wake()
            self.journal.add(request, response, visit.operation, visit.now, perf_counter_ns() - began, visit.failure)
            return response

    def _respond(self, request: Request, visit: Visit) -> Response:
        headers = {operations.REQUEST_ID_HEADER: self._store.request_ids.new("req")}
        try:
            return self._meet(request, visit, headers)
        except Exception as error:  # noqa: BLE001  # The next request must find an emulator that works.
            visit.failure = _text_of(error)
            return _refused(emulator_failed(request, error), headers)

    def _meet(self, request: Request, visit: Visit, headers: dict[str, str]) -> Response:
        """Answers a request, unless it meets a fault."""
        if not self.faults.is_waiting:
            return self._answer(request, visit, headers)
        visit.operation = operation_of(request)
        fault = self.faults.take(request, visit.operation)
        if fault is None:
            return self._answer(request, visit, headers)
        instead = instead_of_answer(fault, headers)
        return evolve(self._answer(request, visit, headers), fault=fault) if instead is None else instead

    def _answer(self, request: Request, visit: Visit, headers: dict[str, str]) -> Response:
        try:
            return encoded_response(200, self._carry_out(request, visit), headers)
        except Refusal as refusal:
            return _refused(refusal, headers)

    def _handle_file(self, request: Request, began: int) -> Response:
        """Answers a request to the address of a file. Its bytes pass while others are answered too."""
        with self._lock:
            self._check_open()
            now = to_microseconds(self.clock.now())
            headers = {operations.REQUEST_ID_HEADER: self._store.request_ids.new("req")}
            fault = self.faults.take(request, None) if self.faults.is_waiting else None
        response = None if fault is None else instead_of_answer(fault, headers)
        # The journal has no use for a file's bytes.
        noted = evolve(request, body=b"", stream=None)
        given = None if request.stream is None else GivenStream(request.stream)
        failure = None
        try:
            if response is None:
                response = evolve(self._answer_file(evolve(request, stream=given), headers), fault=fault)
        except Exception as error:
            failure = _text_of(error)
            if self._closed or (given is not None and error is given.error):
                # Not the emulator's failure: it is closed, or the caller's own stream broke off.
                self.journal.add(noted, None, None, now, perf_counter_ns() - began, failure)
                raise
            response = _refused(emulator_failed(request, error), headers)
        with self._lock:
            self._deliverer.wake()
        self.journal.add(noted, response, None, now, perf_counter_ns() - began, failure)
        return evolve(response, body=b"", stream=None) if request.method == HEAD else response

    def _answer_file(self, request: Request, headers: dict[str, str]) -> Response:
        try:
            answer = answer_file(request, self._files, self._within)
        except Refusal as refusal:
            return _refused(refusal, headers)
        return evolve(answer, headers={**headers, **answer.headers})

    def _within(self, work: Callable[[Context], Any]) -> Any:
        """Carries something out in a transaction, while nothing else happens."""
        with self._lock:
            self._check_open()
            now = to_microseconds(self.clock.now())
            self._catch_up(now)
            with self._store.transaction():
                return work(self._context(now))

    def _carry_out(self, request: Request, visit: Visit) -> bytes:
        operation, parameters = find(request.method, request.path)
        visit.operation = operation
        now = visit.now
        check_key(request.headers)
        if len(request.body) > MAX_BODY:
            raise Refusal(413, "too_large", f"A body has at most {MAX_BODY} bytes.", BODY_SIZE)
        if self._signing_secret is not None:
            check_signature(request.headers, request.body, self._signing_secret.encode(), now, time_ns() // 1000)
        if self._limiter is not None:
            self._limiter.check(request.headers, now)
        handler = all_handlers().get(operation.id)
        self._catch_up(now)
        if handler is None:
            message = f"The emulator does not have {operation.id} ({operation.method} {operation.path}) yet."
            raise Refusal(501, "not_emulated", message, EMULATED)
        actor_id = acting_user(request.headers, self._store) if operation.actor else ""
        schema = schema_of(operation)
        query = schema.read_query(request.query)
        body: dict[str, Any] = schema.read_body(request.body) if operation.has_body else {}
        call = Call(
            now=now,
            store=self._store,
            token_secret=self.token_secret,
            files=self._files,
            media=self.media,
            operation=operation,
            actor_id=actor_id,
            body=body,
            origin=request.origin,
        )
        if operation.method == _READING:
            return _encoded(handler(call, **parameters, **query))
        with self._store.transaction():
            # Inside of the transaction: what cannot be answered is not kept.
            return _encoded(handler(call, **parameters, **query))

    def _begin(self) -> None:
        if self._initial_webhooks:
            self._within(lambda context: register(context, self._initial_webhooks))

    def _catch_up(self, until: int) -> None:
        """Does the jobs that have fallen due."""
        while run_next(self._store, self._context, until):
            pass

    def _context(self, now: int) -> Context:
        return Context(now=now, store=self._store, token_secret=self.token_secret, files=self._files, media=self.media)

    def usage_events(self) -> list[UsageEvent]:
        """Everything that was charged, with the metadata that it was recorded with, oldest first.

        The API itself does not list usage events. A test finds here whether a charge whose answer was lost was made,
        and whether it was made once.
        """
        from .billing.usage import all_usage

        usage: list[UsageEvent] = self._within(all_usage)
        return usage

    @property
    def transport(self) -> httpx.BaseTransport:
        """An httpx transport that leads here. Closing it, or a client that has it, leaves the emulator as it is."""
        from .transports import EmulatorTransport

        return EmulatorTransport(self.handle, self.clock)

    @property
    def async_transport(self) -> httpx.AsyncBaseTransport:
        """An asynchronous httpx transport that leads here."""
        from .transports import AsyncEmulatorTransport

        return AsyncEmulatorTransport(self.handle, self.clock)

    def client(self, **options: Unpack[ClientOptions]) -> orbitconnect.OrbitServer:
        """Makes a client of this emulator: with a key that works, its signing secret and its clock."""
        from .._sync.client import OrbitServer
        from .transports import keep_time

        client = OrbitServer(transport=self.transport, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def async_client(self, **options: Unpack[ClientOptions]) -> orbitconnect.AsyncOrbitServer:
        """Makes an asynchronous client of this emulator: with a key that works, its signing secret and its clock."""
        from .._async.client import AsyncOrbitServer
        from .transports import keep_time

        client = AsyncOrbitServer(transport=self.async_transport, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def serve(self, port: int = 0, *, verbose: bool = False) -> run.LoopbackServer:
        """Makes a server of this emulator for programs of this machine. It runs in a thread; `with` starts and ends it.

        Args:
            port: Where on 127.0.0.1 it listens; with 0 the system chooses.
            verbose: Print a line for each request.

        Raises:
            ImportError: If the extra `orbitconnect[emulator]` is not installed.
        """
        from .server import server_of

        return server_of(self, port, verbose=verbose)

    def _with_defaults(self, options: ClientOptions) -> ClientOptions:
        defaults: ClientOptions = {"secret_key": self.secret_key, "signing_secret": self._signing_secret}
        return {**defaults, **options}

    def close(self) -> None:
        """Ends the emulator and closes its database. A second time does nothing."""
        with self._lock:
            self._closed = True
        # Not under the lock, which the threads need to come to their end.
        self._deliverer.close()
        self._store.close()
        self._files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _encoded(answer: Answer) -> bytes:
    data: Any = answer
    if answer is not None:
        data = answer.to_dict() if isinstance(answer, Model) else [model.to_dict() for model in answer]
    return encode_json({operations.RESULT_FIELD: data}).encode()


def _text_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _refused(refusal: Refusal, headers: Mapping[str, str]) -> Response:
    around = {**headers, RULE_HEADER: str(refusal.rule), **refusal.headers}
    return json_response(refusal.status, error_body(refusal), around)
