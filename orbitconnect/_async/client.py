"""The client and its views."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from orbitconnect_api.types import UNSET, Unset

from .._facade.hints import with_hints
from .._facade.namespace import namespace
from .._http.preload import prepare_tls
from .._http.stacks import HTTPX, AsyncStack, check_async_stack
from .._later import Later
from .._pipeline.capture import ResponseCapture
from .._pipeline.secret import Secret
from .._pipeline.settings import (
    Changes,
    Settings,
    can_pickle,
    check_extra_headers,
    check_signing_secret,
    find_secret_key,
    header_value,
)
from . import namespace_classes
from .connection import AsyncConnection

# Creating a client is fast, because what only calls need is loaded before the first call.
if TYPE_CHECKING:
    import httpx

    from .. import observers as observing
    from . import executor
else:
    httpx = Later("httpx")
    observing, executor = Later("..observers", __package__), Later(".executor", __package__)


@with_hints("orbit", constructor=True)
class AsyncOrbitServer:
    """A client for the OrbitConnect API, for use in a backend.

    Create one client and reuse it: a client can be shared, and it keeps its connections open.

    Example:
        ```python
        async with AsyncOrbitServer() as orbit:
            user = await orbit.users.create(external_id="customer-1", display_name="Ada")
            chats = await orbit.as_user(user.id).conversations.list()
        ```
    """

    def __init__(
        self,
        secret_key: str | None = None,
        *,
        signing_secret: str | None = None,
        timeout: float | None = 30.0,
        max_retries: int = 2,
        transport: "httpx.AsyncBaseTransport | AsyncStack | None" = None,
        observers: "Sequence[observing.Observer]" = (),
    ) -> None:
        """Create a client. It connects when the first call is made.

        Args:
            secret_key: The secret key, `sk_…`. The default is the environment variable `ORBIT_SECRET_KEY`.
            signing_secret: The secret to sign every request with, usually `whsec_…`. By default, requests are not
                signed.
            timeout: The time limit for a call including its retries, in seconds, more than 0; 30 by default. None means
                no limit.
            max_retries: How many times a failed call is retried; 2 by default. The SDK retries a call only if repeating
                it is safe.
            transport: The name of the HTTP stack: `httpx` (the default), or a faster one (see `docs/fast.md`). Or an
                httpx transport, such as the emulator's or your own. The client closes it.
            observers: Called for every call and every attempt. See `orbitconnect.observers`.

        Raises:
            ValueError: If the key is not a secret key or another value is invalid, or if the environment names a proxy
                or certificates that cannot be used.
            TypeError: If a value has the wrong type.
            ImportError: If the HTTP stack, or a package that the environment's proxy requires, is not installed.
        """
        key, signing = Secret(secret_key), Secret(signing_secret)
        del secret_key, signing_secret  # Error trackers record the local variables of a traceback.
        stack = HTTPX
        if isinstance(transport, str):
            stack, transport = transport, None
        if transport is None:
            check_async_stack(stack)
        handler = getattr(transport, "handle_async_request", None)
        if transport is not None and (isinstance(transport, type) or not callable(handler)):
            raise TypeError(
                "transport must be the name of an HTTP stack or an instance of an httpx transport with "
                "handle_async_request."
            )
        settings = Settings(
            find_secret_key(key),
            check_signing_secret(signing),
            timeout=timeout,
            max_retries=max_retries,
            observers=observers,
        )
        self._attach(settings, AsyncConnection(transport, stack))

    def _attach(self, settings: Settings, connection: AsyncConnection) -> None:
        self._settings = settings
        self._connection = connection
        self._executor: executor.AsyncExecutor | None = None

    def _view(self, settings: Settings) -> Self:
        view = object.__new__(type(self))
        view._attach(settings, self._connection)
        return view

    def as_user(self, user_id: str) -> Self:
        """Create a view of this client with a fixed acting user.

        The view shares the client's connections. Creating a view takes microseconds, so you can create one for each
        request.

        Args:
            user_id: The acting user's id. The view's methods use it if you pass no `acting_user_id`.

        Returns:
            The view: a client with the same methods and options.

        Raises:
            ValueError: If `user_id` is not a valid id, for example because it is empty.

        Example:
            ```python
            chats = await orbit.as_user(alice.id).conversations.list()
            ```
        """
        header_value(user_id, "user_id")
        return self._view(self._settings.evolve(acting_user_id=user_id))

    def with_options(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        headers: Mapping[str, str] | Unset = UNSET,
    ) -> Self:
        """Create a view of this client with other options.

        The view shares the client's connections. Omitted options stay unchanged.

        Args:
            timeout: The time limit for a call including its retries, in seconds, more than 0. None means no limit.
            max_retries: How many times a failed call is retried.
            headers: Headers to add to every request, in addition to this client's headers.

        Returns:
            The view: a client with the same methods and acting user.

        Raises:
            ValueError: If a value is invalid, or a header is one that the client sets itself.
            TypeError: If a value has the wrong type.

        Example:
            ```python
            user = await orbit.with_options(timeout=5, max_retries=0).users.get(alice.id)
            ```
        """
        changes: Changes = {}
        if not isinstance(timeout, Unset):
            changes["timeout"] = timeout
        if not isinstance(max_retries, Unset):
            changes["max_retries"] = max_retries
        if not isinstance(headers, Unset):
            changes["extra_headers"] = {**self._settings.extra_headers, **check_extra_headers(headers)}
        return self._view(self._settings.evolve(**changes))

    def capture_responses(self) -> ResponseCapture:
        """Collect the responses of this client's calls in a `with` block.

        Each response has its status, headers, number of attempts and request id. The block collects calls from its own
        thread or task, and from tasks started inside it, but not from other threads and tasks. Failed calls are not
        included: their errors have `status`, `headers`, `attempts` and `request_id`.

        Returns:
            A context manager. The value after `as` is a list of `orbitconnect_api.types.Response`, oldest first.

        Example:
            ```python
            with orbit.capture_responses() as responses:
                user = await orbit.users.get(alice.id)
            print(responses[-1].request_id, responses[-1].attempts)
            ```
        """
        return ResponseCapture(self._connection)

    def preload(self) -> None:
        """Import everything that the first call would otherwise import.

        This takes about 0.1 seconds. A server can do it at startup, so that its first request does not take longer. It
        opens no connection.
        """
        self._connection.load()
        prepare_tls()
        for name, attribute in vars(AsyncOrbitServer).items():
            if isinstance(attribute, namespace):
                getattr(self, name)

    @property
    def raw(self) -> "executor.AsyncExecutor":
        """The `client` argument of the generated functions, which can also call paths that the SDK does not know."""
        return self._loaded()

    def _loaded(self) -> "executor.AsyncExecutor":
        if self._executor is None:
            from .executor import AsyncExecutor

            self._connection.load()
            self._executor = AsyncExecutor(self._settings, self._connection)
        return self._executor

    # Each namespace is imported when it is first used, with its operations and models.

    @namespace
    def users(self) -> "namespace_classes.AsyncUsers":
        """Create and manage app users and issue short-lived tokens."""
        return namespace_classes.AsyncUsers(self._loaded())

    @namespace
    def conversations(self) -> "namespace_classes.AsyncConversations":
        """Direct and group conversations and their participants."""
        return namespace_classes.AsyncConversations(self._loaded())

    @namespace
    def messages(self) -> "namespace_classes.AsyncMessages":
        """Send, list, search and sync messages. Reactions, pins and replies."""
        return namespace_classes.AsyncMessages(self._loaded())

    @namespace
    def calls(self) -> "namespace_classes.AsyncCalls":
        """Voice and video calls, WebRTC signaling and recordings."""
        return namespace_classes.AsyncCalls(self._loaded())

    @namespace
    def meetings(self) -> "namespace_classes.AsyncMeetings":
        """Meeting rooms, participants, screen sharing and recordings."""
        return namespace_classes.AsyncMeetings(self._loaded())

    @namespace
    def media(self) -> "namespace_classes.AsyncMedia":
        """Upload, transcode, stream and control access to media files."""
        return namespace_classes.AsyncMedia(self._loaded())

    @namespace
    def realtime(self) -> "namespace_classes.AsyncRealtime":
        """Orchestrate sessions, from chat to call to meeting and back."""
        return namespace_classes.AsyncRealtime(self._loaded())

    @namespace
    def webhooks(self) -> "namespace_classes.AsyncWebhooks":
        """Register endpoints, subscribe to events and replay deliveries."""
        return namespace_classes.AsyncWebhooks(self._loaded())

    @namespace
    def billing(self) -> "namespace_classes.AsyncBilling":
        """Wallet, usage events, invoices and low-balance alerts."""
        return namespace_classes.AsyncBilling(self._loaded())

    async def aclose(self) -> None:
        """Close the client's connections, which it shares with all of its views.

        Calls made afterwards raise `RuntimeError`. Closing a closed client has no effect.
        """
        await self._connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        settings: Settings | None = getattr(self, "_settings", None)
        if settings is None:  # The constructor failed, and an error tracker shows its local variables.
            return f"<{type(self).__name__} (not initialized)>"
        actor = "" if settings.acting_user_id is None else f" acting_user_id={settings.acting_user_id!r}"
        return (
            f"<{type(self).__name__} key={settings.key_kind}… transport={self._connection.name} "
            f"timeout={settings.timeout} max_retries={settings.max_retries}{actor}>"
        )

    def __copy__(self) -> Self:
        return self._view(self._settings)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return a view, because connections cannot be copied."""
        return self._view(self._settings)

    def __getstate__(self) -> dict[str, Any]:
        transport, observers = self._connection.transport, self._settings.observers
        for name, part in (("transport", transport), ("observers", observers)):
            if part and not can_pickle(part):
                raise TypeError(f"This {type(self).__name__} cannot be pickled, because its {name} cannot be.")
        return {"settings": self._settings, "transport": transport, "stack": self._connection.stack}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._attach(state["settings"], AsyncConnection(state["transport"], state["stack"]))
