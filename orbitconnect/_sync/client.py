# Derived from orbitconnect/_async/client.py by `make generate`: edit that file.
"""The client."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from orbitconnect_api.types import UNSET, Unset

from .._pipeline.http import BaseTransport
from .._pipeline.settings import (
    Changes,
    Settings,
    check_extra_headers,
    check_signing_secret,
    find_secret_key,
    header_value,
)
from .connection import Connection
from .executor import Executor

if TYPE_CHECKING:
    from .billing import Billing
    from .calls import Calls
    from .conversations import Conversations
    from .media import Media
    from .meetings import Meetings
    from .messages import Messages
    from .realtime import Realtime
    from .users import Users
    from .webhooks import Webhooks


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
        transport: BaseTransport | None = None,
    ) -> None:
        """Makes a client. Nothing is connected before the first call.

        Args:
            secret_key: The secret key; taken from `ORBIT_SECRET_KEY` where it is left out.
            signing_secret: Signs every request, if it is given.
            timeout: The seconds that a call may take in all, with its retries. None sets no limit.
            max_retries: How often a call that failed may be tried again, where that cannot do anything twice.
            transport: An httpx transport to use in place of a pool of connections: the emulator's, or one of your
                own. It is closed together with the client.

        Raises:
            ValueError: If the key cannot be a secret key, or another value makes no sense.
            TypeError: If a value has the wrong type.
        """
        handler = getattr(transport, "handle_request", None)
        if transport is not None and (isinstance(transport, type) or not callable(handler)):
            raise TypeError("transport must be an instance of an httpx transport that has handle_request.")
        settings = Settings(
            find_secret_key(secret_key),
            check_signing_secret(signing_secret),
            timeout=timeout,
            max_retries=max_retries,
        )
        self._attach(settings, Connection(transport))

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
            max_retries: How often a call that failed may be tried again.
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

    @property
    def raw(self) -> Executor:
        """What the generated functions take as `client`, and calls paths that this version does not know."""
        return self._executor

    # The namespaces load their operations and models when they are first used.

    @cached_property
    def users(self) -> Users:
        """The users of your app, and the tokens that they connect with."""
        from .users import Users

        return Users(self._executor)

    @cached_property
    def conversations(self) -> Conversations:
        """Direct and group conversations, and who takes part in them."""
        from .conversations import Conversations

        return Conversations(self._executor)

    @cached_property
    def messages(self) -> Messages:
        """Messages: sending, reading, searching, reactions and receipts."""
        from .messages import Messages

        return Messages(self._executor)

    @cached_property
    def calls(self) -> Calls:
        """Voice and video calls, their signalling, quality and recordings."""
        from .calls import Calls

        return Calls(self._executor)

    @cached_property
    def meetings(self) -> Meetings:
        """Meetings, their participants, tokens and recordings."""
        from .meetings import Meetings

        return Meetings(self._executor)

    @cached_property
    def media(self) -> Media:
        """Files: uploading, access and processing."""
        from .media import Media

        return Media(self._executor)

    @cached_property
    def realtime(self) -> Realtime:
        """Realtime sessions, which carry a user from chat to call to meeting."""
        from .realtime import Realtime

        return Realtime(self._executor)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Webhook endpoints, what they subscribe to, and their deliveries."""
        from .webhooks import Webhooks

        return Webhooks(self._executor)

    @cached_property
    def billing(self) -> Billing:
        """The wallet, usage, invoices and alerts."""
        from .billing import Billing

        return Billing(self._executor)

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
        settings = self._settings
        actor = "" if settings.acting_user_id is None else f" acting_user_id={settings.acting_user_id!r}"
        return (
            f"<{type(self).__name__} key={settings.key_kind}… timeout={settings.timeout} "
            f"max_retries={settings.max_retries}{actor}>"
        )

    def __copy__(self) -> Self:
        return self._view(self._settings)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A copy is a view: connections cannot be copied."""
        return self._view(self._settings)

    def __getstate__(self) -> dict[str, Any]:
        transport = self._connection.transport
        if transport is not None:
            import pickle  # Here, because most programs have no need to load it.

            try:
                pickle.dumps(transport)
            except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
                transport = None
            if transport is None:
                raise TypeError(f"This {type(self).__name__} cannot be pickled, because its transport cannot.")
        return {"settings": self._settings, "transport": transport}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._attach(state["settings"], Connection(state["transport"]))
