# Derived from orbitconnect/_async/client.py by `make generate`: edit that file.
"""The client."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from orbitconnect_api.types import UNSET, Unset

from .._facade.arguments import with_hints
from .._facade.namespace import namespace
from .._http.adapter import HTTPX, Stack, check_stack
from .._http.over_httpx.translate import BaseTransport
from .._http.preload import prepare_tls
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
from ..observers import Observer
from . import namespace_classes
from .connection import Connection
from .executor import Executor


@with_hints("orbit", constructor=True)
class OrbitServer:
    """The OrbitConnect API, for a backend. Make one and keep it: it is safe to share, and holds the connections.

    Example:
        ```python
        with OrbitServer() as orbit:
            user = orbit.users.create(external_id="customer-1", display_name="Ada")
            chats = orbit.as_user(user.id).conversations.list()
        ```
    """

    def __init__(
        self,
        secret_key: str | None = None,
        *,
        signing_secret: str | None = None,
        timeout: float | None = 30.0,
        max_retries: int = 2,
        transport: BaseTransport | Stack | None = None,
        observers: Sequence[Observer] = (),
    ) -> None:
        """Makes a client. Nothing is connected before the first call.

        Args:
            secret_key: The secret key; taken from `ORBIT_SECRET_KEY` where it is left out.
            signing_secret: Signs every request, if it is given.
            timeout: The seconds that a call may take in all, with its retries. None sets no limit.
            max_retries: How often a failed call is repeated. The SDK repeats a call only if that is safe.
            transport: The HTTP stack that makes the connections, by name: `httpx`, or one that comes with
                `orbitconnect[fast]`. Or an httpx transport to use in place of these: the emulator's, or one of your
                own; it is closed together with the client.
            observers: Are told of each call and each attempt; see `orbitconnect.observers`.

        Raises:
            ValueError: If the key cannot be a secret key, or another value makes no sense; if the environment names a
                proxy or certificates that cannot be used.
            TypeError: If a value has the wrong type.
            ImportError: If the HTTP stack, or a package that the environment's proxy needs, is not installed.
        """
        key, signing = Secret(secret_key), Secret(signing_secret)
        del secret_key, signing_secret  # A traceback shows the locals of its frames.
        stack = HTTPX
        if isinstance(transport, str):
            stack, transport = transport, None
        if transport is None:
            check_stack(stack)
        handler = getattr(transport, "handle_request", None)
        if transport is not None and (isinstance(transport, type) or not callable(handler)):
            raise TypeError(
                "transport must be the name of an HTTP stack, or an instance of an httpx transport that has "
                "handle_request."
            )
        settings = Settings(
            find_secret_key(key),
            check_signing_secret(signing),
            timeout=timeout,
            max_retries=max_retries,
            observers=observers,
        )
        self._attach(settings, Connection(transport, stack))

    def _attach(self, settings: Settings, connection: Connection) -> None:
        self._settings = settings
        self._connection = connection
        self._executor = Executor(settings, connection)

    def _view(self, settings: Settings) -> Self:
        view = object.__new__(type(self))
        view._attach(settings, self._connection)
        return view

    def as_user(self, user_id: str) -> Self:
        """Makes a view in which this user is the acting one. It costs microseconds; the connections are shared.

        Raises:
            ValueError: If it can be no user id.
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
        """Makes a view with other options. What is left out stays as it is; the connections are shared.

        Args:
            timeout: The seconds that a call may take in all. None sets no limit.
            max_retries: How often a failed call is repeated.
            headers: Sent along with every request, besides those that were set before.

        Raises:
            ValueError: If a value makes no sense, or a header is one that the client sets itself.
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
        """Collects the responses of this client's calls in a `with` block: status, headers, attempts and request id.

        What other threads and tasks do at the same time is not collected; what the tasks do that are started inside of
        the block is. A call that fails is not among them: its error has `status`, `headers`, `attempts` and
        `request_id`.

        Returns:
            A context manager, whose value is a list of `orbitconnect_api.types.Response`, oldest first.

        Example:
            ```python
            with orbit.capture_responses() as responses:
                user = orbit.users.get("usr_4f1c")
            print(responses[-1].request_id, responses[-1].attempts)
            ```
        """
        return ResponseCapture(self._connection)

    def preload(self) -> None:
        """Loads everything that is otherwise loaded by the first call. It sends nothing and connects to nothing.

        That takes a tenth of a second or so, which a server rather spends at its start than in its first request.
        """
        self._connection.load()
        prepare_tls()
        for name, attribute in vars(OrbitServer).items():
            if isinstance(attribute, namespace):
                getattr(self, name)

    @property
    def raw(self) -> Executor:
        """What the generated functions take as `client`, and calls paths that this version does not know."""
        return self._loaded()

    def _loaded(self) -> Executor:
        self._connection.load()
        return self._executor

    # The namespaces load their operations and models when they are first used.

    @namespace
    def users(self) -> "namespace_classes.Users":
        """The users of your app, and the tokens that they connect with."""
        return namespace_classes.Users(self._loaded())

    @namespace
    def conversations(self) -> "namespace_classes.Conversations":
        """Direct and group conversations, and who takes part in them."""
        return namespace_classes.Conversations(self._loaded())

    @namespace
    def messages(self) -> "namespace_classes.Messages":
        """Messages: sending, reading, searching, reactions and receipts."""
        return namespace_classes.Messages(self._loaded())

    @namespace
    def calls(self) -> "namespace_classes.Calls":
        """Voice and video calls, their signalling, quality and recordings."""
        return namespace_classes.Calls(self._loaded())

    @namespace
    def meetings(self) -> "namespace_classes.Meetings":
        """Meetings, their participants, tokens and recordings."""
        return namespace_classes.Meetings(self._loaded())

    @namespace
    def media(self) -> "namespace_classes.Media":
        """Files: uploading, access and processing."""
        return namespace_classes.Media(self._loaded())

    @namespace
    def realtime(self) -> "namespace_classes.Realtime":
        """Realtime sessions, which carry a user from chat to call to meeting."""
        return namespace_classes.Realtime(self._loaded())

    @namespace
    def webhooks(self) -> "namespace_classes.Webhooks":
        """Webhook endpoints, what they subscribe to, and their deliveries."""
        return namespace_classes.Webhooks(self._loaded())

    @namespace
    def billing(self) -> "namespace_classes.Billing":
        """The wallet, usage, invoices and alerts."""
        return namespace_classes.Billing(self._loaded())

    def close(self) -> None:
        """Closes the connections, also those of all views and of the client that a view was made from.

        A call after that raises `RuntimeError`. Closing twice is fine.
        """
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        settings: Settings | None = getattr(self, "_settings", None)
        if settings is None:  # The constructor has raised; an error tracker shows the locals of its frame.
            return f"<{type(self).__name__} that was not set up>"
        actor = "" if settings.acting_user_id is None else f" acting_user_id={settings.acting_user_id!r}"
        return (
            f"<{type(self).__name__} key={settings.key_kind}… transport={self._connection.name} "
            f"timeout={settings.timeout} max_retries={settings.max_retries}{actor}>"
        )

    def __copy__(self) -> Self:
        return self._view(self._settings)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copy is a view: connections cannot be copied."""
        return self._view(self._settings)

    def __getstate__(self) -> dict[str, Any]:
        transport, observers = self._connection.transport, self._settings.observers
        for name, part in (("transport", transport), ("observers", observers)):
            if part and not can_pickle(part):
                raise TypeError(f"This {type(self).__name__} cannot be pickled, because its {name} cannot.")
        return {"settings": self._settings, "transport": transport, "stack": self._connection.stack}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._attach(state["settings"], Connection(state["transport"], state["stack"]))
