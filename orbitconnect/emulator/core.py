"""The emulator: the way of one request through it, without any I/O but the database's."""

from __future__ import annotations

import os
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack

from orbitconnect_api import operations
from orbitconnect_api.types import Model

from .access import TEST_KEY, acting_user, check_key, check_signature
from .clock import Clock, RunningClock, to_microseconds
from .contract import schema_of
from .exchange import Request, Response, json_response
from .handlers import Answer, Call, Context, all_handlers
from .ids import secret
from .jobs import run_next
from .router import find
from .rules import EMULATED, RULE_HEADER, Refusal, error_body
from .store import MEMORY, Store

if TYPE_CHECKING:
    import httpx

    from .._async.client import AsyncOrbitServer
    from .._sync.client import OrbitServer

_READING: Final = "GET"


class ClientOptions(TypedDict, total=False):
    """The options of a client; what is left out has the client's own default."""

    secret_key: str
    signing_secret: str | None
    timeout: float | None
    max_retries: int


class Emulator:
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
    ) -> None:
        """Starts an emulator.

        Args:
            path: The file that keeps its state, made where there is none; without one the state is gone at the end.
            clock: Its time; `ManualClock` stands still. Without one it runs with the machine's.
            seed: Gives the same ids and tokens in every run. Without one they are random.
            signing_secret: If it is given, every request must be signed with it.

        Raises:
            ValueError: If the file is no emulator's, or one of another version.
        """
        self.clock: Final[Clock] = clock or RunningClock()
        self._signing_secret = signing_secret
        self._lock = RLock()
        self._closed: bool = False
        self._store = Store(path, seed)
        self.token_secret: Final = secret(self._store.key, b"tokens")
        """What user tokens are signed with."""

    def handle(self, request: Request) -> Response:
        """Answers a request. Requests of several threads are answered one after the other.

        Raises:
            RuntimeError: If the emulator is closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("This emulator is closed.")
            headers = {operations.REQUEST_ID_HEADER: self._store.request_ids.new("req")}
            try:
                answer = self._carry_out(request)
            except Refusal as refusal:
                headers |= {RULE_HEADER: str(refusal.rule), **refusal.headers}
                return json_response(refusal.status, error_body(refusal), headers)
            return json_response(200, {operations.RESULT_FIELD: _data(answer)}, headers)

    def _carry_out(self, request: Request) -> Answer:
        operation, parameters = find(request.method, request.path)
        now = to_microseconds(self.clock.now())
        check_key(request.headers)
        if self._signing_secret is not None:
            check_signature(request.headers, request.body, self._signing_secret.encode(), now)
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
            operation=operation,
            actor_id=actor_id,
            body=body,
        )
        if operation.method == _READING:
            return handler(call, **parameters, **query)
        with self._store.transaction():
            return handler(call, **parameters, **query)

    def _catch_up(self, until: int) -> None:
        """Does the jobs that have fallen due."""
        while run_next(self._store, self._context, until):
            pass

    def _context(self, now: int) -> Context:
        return Context(now=now, store=self._store, token_secret=self.token_secret)

    @property
    def transport(self) -> httpx.BaseTransport:
        """An httpx transport that leads here. Closing it, or a client that has it, leaves the emulator as it is."""
        from .transports import EmulatorTransport

        return EmulatorTransport(self.handle)

    @property
    def async_transport(self) -> httpx.AsyncBaseTransport:
        """An asynchronous httpx transport that leads here."""
        from .transports import AsyncEmulatorTransport

        return AsyncEmulatorTransport(self.handle)

    def client(self, **options: Unpack[ClientOptions]) -> OrbitServer:
        """Makes a client of this emulator: with a key that works, its signing secret and its clock."""
        from .._sync.client import OrbitServer
        from .transports import keep_time

        client = OrbitServer(transport=self.transport, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def async_client(self, **options: Unpack[ClientOptions]) -> AsyncOrbitServer:
        """Makes an asynchronous client of this emulator: with a key that works, its signing secret and its clock."""
        from .._async.client import AsyncOrbitServer
        from .transports import keep_time

        client = AsyncOrbitServer(transport=self.async_transport, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def _with_defaults(self, options: ClientOptions) -> ClientOptions:
        defaults: ClientOptions = {"secret_key": self.secret_key, "signing_secret": self._signing_secret}
        return {**defaults, **options}

    def close(self) -> None:
        """Ends the emulator and closes its database. A second time does nothing."""
        with self._lock:
            self._closed = True
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _data(answer: Answer) -> Any:
    if answer is None:
        return None
    return answer.to_dict() if isinstance(answer, Model) else [model.to_dict() for model in answer]
