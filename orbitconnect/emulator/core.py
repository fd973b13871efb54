"""How the emulator handles a request. Its only I/O is the store, the files and webhook deliveries."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from threading import Lock, RLock
from time import perf_counter_ns, time_ns
from types import TracebackType
from typing import Final, Self, TypeVar
from weakref import ref

from attrs import define, evolve

from orbitconnect_api import operations
from orbitconnect_api.types import Model, Operation, SafeRepr

from .._pipeline.json_writer import write_json
from .._pipeline.secret import Secret
from .._pipeline.settings import check_signing_secret
from .access import check_acting_user, check_key, check_signature
from .clock import Clock, RunningClock, clock_state, to_microseconds
from .composition import all_handlers, all_jobs
from .context import Context, RequestContext
from .control.fault_plan import FaultPlan, operation_of, scripted_response
from .control.journal import Journal
from .control.rate_limits import Limiter, RateLimit
from .exchange import (
    MAX_BODY,
    CallerStream,
    EmulatorRequest,
    EmulatorResponse,
    encoded_response,
    json_response,
    with_whole_body,
)
from .failure import emulator_failed
from .fan_out import complete_fan_outs
from .file_store import FileStore
from .ids import secret
from .jobs import run_next
from .json_text import Json
from .media.file_requests import answer_file
from .media.signed_urls import HEAD, is_file_target
from .media_options import MediaOptions
from .operation_schemas import OperationSchema, schema_of
from .refusals import Refusal, error_body
from .registry import FileReply, Handler, Reply, Result
from .request_parts import read_parts
from .router import find
from .rules import BODY_SIZE, EMULATED, RULE_HEADER
from .store import MEMORY, Store
from .webhooks.deliverer import Deliverer
from .webhooks.initial import InitialWebhook, register

_T = TypeVar("_T")

_READING: Final = "GET"
_NO_CONTENT: Final = 204
_WEBHOOKS: Final = operations.LIST_WEBHOOKS.tag
"""The tag of the operations that read or change webhooks, subscriptions and deliveries."""


@define(repr=False)
class _Trace(SafeRepr):
    """What the journal records about a request besides the request and its response."""

    now: int
    """The emulator's time in microseconds. It does not change while the request is handled."""
    operation: Operation | None = None
    """The request's operation, once it is known."""
    failure: str | None = None
    """The exception with which the emulator itself failed."""


class EmulatorCore:
    """Handles requests. `ControlledEmulator` adds what tests control; `Emulator` adds the ways to reach it."""

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
        """Start an emulator.

        Args:
            path: The file that keeps the state. It is created if it does not exist. By default the state is kept in
                memory and lost when the emulator is closed.
            clock: The emulator's clock. A `ManualClock` stands still until you advance it. By default the emulator
                follows the machine's clock.
            seed: Makes ids and secrets reproducible: the same requests in the same order get the same ids and secrets
                in every run, regardless of the time on the clock and of what becomes due in between. With a
                `ManualClock`, responses are byte-for-byte identical from run to run. With a running clock, times
                differ, and so do tokens and file URLs, which contain their expiry. By default, ids and secrets are
                random.
            signing_secret: If set, every request must be signed with it.
            rate_limit: How many requests a key may make in a period of the emulator's time. Unlimited by default.
            webhook_timeout: How long a webhook receiver may take to respond, in seconds of real time.
            files: The folder for the bytes of media. By default, the folder is next to the state file and has the same
                name with `.files` appended. Without a state file, it is a temporary folder, which is removed on close.
            media: Upload limits, processing times and other settings for media.
            webhooks: Webhooks to register when the emulator starts, and again after `reset`.

        Raises:
            ValueError: If `path` is not an emulator's database or was written by another version, or if
                `signing_secret` contains a line break or another character that is probably left over from copying.
        """
        check_signing_secret(Secret(signing_secret))
        self._store: Final = Store(path, seed)
        self._files: Final = _file_store(os.fspath(path), files)
        self._seed: Final = seed
        self._signing_secret: Final = signing_secret
        self._lock: Final = RLock()
        self._closed: bool = False
        self.clock: Final[Clock] = clock or RunningClock()
        """The emulator's clock."""
        self._clock_at_start: Final = clock_state(self.clock)
        self._advancing: Final = Lock()
        self.token_secret: bytes = secret(self._store.key, b"tokens")
        """The secret used to sign user tokens."""
        self.media: Final = media or MediaOptions()
        """The settings for media."""
        self.faults: Final = FaultPlan()
        """The scripted faults."""
        self.journal: Final = Journal()
        """The latest requests and their responses."""
        self._limiter: Limiter | None = None if rate_limit is None else Limiter(rate_limit)
        self._initial_webhooks: Final = tuple(webhooks)
        self._deliverer: Final = self._start_deliverer(webhook_timeout)
        self._register_webhooks()

    def _start_deliverer(self, timeout: float) -> Deliverer:
        # A weak reference, so that the delivery threads do not keep an unused emulator alive.
        emulator = ref(self)
        deliverer = Deliverer(self._lock, self.clock, lambda: _open_store(emulator()), timeout)
        deliverer.wake()
        return deliverer

    def handle(self, request: EmulatorRequest) -> EmulatorResponse:
        """Handle a request. Requests from several threads are handled one after the other.

        If the emulator itself fails, the request changes nothing, and the response has status 500.

        Raises:
            RuntimeError: If the emulator is closed.
        """
        began = perf_counter_ns()
        if is_file_target(request.target):
            return self._handle_file(request, began)
        if request.stream is not None:
            request = with_whole_body(request)
        with self._lock:
            self._check_open()
            trace = _Trace(to_microseconds(self.clock.now()))
            headers = self._response_headers()
            try:
                response = self._respond(request, trace, headers)
            except Exception as error:  # noqa: BLE001  # The next request must find a working emulator.
                trace.failure = _text_of(error)
                response = _refused(emulator_failed(request, error), headers)
            self._deliverer.wake()
            self.journal.add(request, response, trace.operation, trace.now, perf_counter_ns() - began, trace.failure)
            return response

    def _response_headers(self) -> dict[str, str]:
        return {operations.REQUEST_ID_HEADER: self._store.request_ids.new("req")}

    def _respond(self, request: EmulatorRequest, trace: _Trace, headers: Mapping[str, str]) -> EmulatorResponse:
        """Handle a request, or respond as a scripted fault demands."""
        if not self.faults.is_waiting:
            return self._response_of(request, trace, headers)
        trace.operation = operation_of(request)
        fault = self.faults.take(request, trace.operation)
        if fault is None:
            return self._response_of(request, trace, headers)
        scripted = scripted_response(fault, headers)
        return evolve(self._response_of(request, trace, headers), fault=fault) if scripted is None else scripted

    def _response_of(self, request: EmulatorRequest, trace: _Trace, headers: Mapping[str, str]) -> EmulatorResponse:
        try:
            return self._result_of(request, trace, headers)
        except Refusal as refusal:
            return _refused(refusal, headers)

    def _result_of(self, request: EmulatorRequest, trace: _Trace, headers: Mapping[str, str]) -> EmulatorResponse:
        """Check a request, and run its operation's handler."""
        operation, parameters = find(request.method, request.path)
        trace.operation = operation
        schema = schema_of(operation)
        handler = self._admit(request, operation, schema, trace.now)
        actor_id = check_acting_user(request.headers, self._store) if operation.actor else ""
        parts = read_parts(request, schema)
        context = RequestContext(
            now=trace.now,
            store=self._store,
            token_secret=self.token_secret,
            files=self._files,
            media=self.media,
            operation=operation,
            actor_id=actor_id,
            body=parts.body,
            items=parts.items,
            content=parts.content,
            uploads=parts.uploads,
            origin=request.origin,
        )
        if operation.method == _READING:
            return _success(handler(context, **parameters, **parts.arguments), schema, headers)
        with self._store.transaction():
            # Encoded inside the transaction: a change whose result cannot be encoded is undone.
            return _success(handler(context, **parameters, **parts.arguments), schema, headers)

    def _admit(self, request: EmulatorRequest, operation: Operation, schema: OperationSchema, now: int) -> Handler:
        """Perform the checks common to all operations, run the jobs that are due, and return the handler."""
        check_key(request.headers)
        if len(request.body) > MAX_BODY and (operation.has_body or schema.form != "json"):
            raise Refusal(413, "too_large", f"A body can have at most {MAX_BODY} bytes.", BODY_SIZE)
        if self._signing_secret is not None:
            check_signature(request.headers, request.body, self._signing_secret.encode(), now, time_ns() // 1000)
        if self._limiter is not None:
            self._limiter.check(request.headers, now)
        handler = all_handlers().get(operation.id)
        self._run_due_jobs(now)
        if operation.tag == _WEBHOOKS:
            complete_fan_outs(self._store)
        if handler is None:
            message = f"The emulator does not have {operation.id} ({operation.method} {operation.path}) yet."
            raise Refusal(501, "not_emulated", message, EMULATED)
        return handler

    def _handle_file(self, request: EmulatorRequest, began: int) -> EmulatorResponse:
        """Handle a request to the URL of a file. Other requests are handled while its bytes are sent."""
        with self._lock:
            self._check_open()
            now = to_microseconds(self.clock.now())
            headers = self._response_headers()
            fault = self.faults.take(request, None) if self.faults.is_waiting else None
        response = None if fault is None else scripted_response(fault, headers)
        # The journal does not store the bytes of files.
        recorded = evolve(request, body=b"", stream=None)
        stream = None if request.stream is None else CallerStream(request.stream)
        failure = None
        try:
            if response is None:
                response = evolve(self._file_response(evolve(request, stream=stream), headers), fault=fault)
        except Exception as error:
            failure = _text_of(error)
            if self._closed or (stream is not None and error is stream.error):
                # The emulator did not fail: it was closed, or the caller's own stream failed.
                self.journal.add(recorded, None, None, now, perf_counter_ns() - began, failure)
                raise
            response = _refused(emulator_failed(request, error), headers)
        with self._lock:
            self._deliverer.wake()
        self.journal.add(recorded, response, None, now, perf_counter_ns() - began, failure)
        return evolve(response, body=b"", stream=None) if request.method == HEAD else response

    def _file_response(self, request: EmulatorRequest, headers: Mapping[str, str]) -> EmulatorResponse:
        try:
            response = answer_file(request, self._files, self._in_transaction)
        except Refusal as refusal:
            return _refused(refusal, headers)
        return evolve(response, headers={**headers, **response.headers})

    def _in_transaction(self, work: Callable[[Context], _T]) -> _T:
        """Run the jobs that are due, and then a function in a transaction of its own, under the lock."""
        with self._lock:
            self._check_open()
            now = to_microseconds(self.clock.now())
            self._run_due_jobs(now)
            with self._store.transaction():
                return work(self._context(now))

    def _context(self, now: int) -> Context:
        return Context(now=now, store=self._store, token_secret=self.token_secret, files=self._files, media=self.media)

    def _run_due_jobs(self, until: int) -> None:
        store = self._store
        while store.next_job is not None and store.next_job <= until:
            run_next(store, all_jobs(), self._context, until)

    def _register_webhooks(self) -> None:
        if self._initial_webhooks:
            with self._lock:
                complete_fan_outs(self._store)
                self._in_transaction(lambda context: register(context, self._initial_webhooks))

    def _replace_store(self, database: bytes, request_ids: int) -> None:
        self._store.replace(database, request_ids)
        self.token_secret = secret(self._store.key, b"tokens")

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("This emulator is closed.")

    def close(self) -> None:
        """Stop the emulator and close its database. Closing it again does nothing."""
        with self._lock:
            self._closed = True
        # Outside the lock, because the delivery threads need the lock to finish.
        self._deliverer.close()
        self._store.close()
        self._files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _file_store(path: str, folder: str | os.PathLike[str] | None) -> FileStore:
    if folder is None and path != MEMORY:
        return FileStore(f"{path}.files", is_own=True)
    return FileStore(folder)


def _open_store(emulator: EmulatorCore | None) -> Store | None:
    if emulator is None or emulator._closed:  # pyright: ignore[reportPrivateUsage]  # The class of this module.
        return None
    return emulator._store  # pyright: ignore[reportPrivateUsage]  # The class of this module.


def _success(result: Result, schema: OperationSchema, headers: Mapping[str, str]) -> EmulatorResponse:
    if isinstance(result, FileReply):
        typed = {**headers, "content-type": result.content_type}
        return encoded_response(schema.status, result.content, typed)
    status, data = (result.status, result.data) if isinstance(result, Reply) else (schema.status, result)
    if status == _NO_CONTENT:
        return EmulatorResponse(status, headers)
    value: Json = None
    if data is not None:
        value = data.to_dict() if isinstance(data, Model) else [model.to_dict() for model in data]
    is_whole = schema.is_envelope and status == schema.status
    return encoded_response(status, write_json(value if is_whole else {operations.RESULT_FIELD: value}), headers)


def _text_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _refused(refusal: Refusal, headers: Mapping[str, str]) -> EmulatorResponse:
    refusal_headers = {**headers, RULE_HEADER: str(refusal.rule), **refusal.headers}
    return json_response(refusal.status, error_body(refusal), refusal_headers)
