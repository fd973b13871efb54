# Derived from orbitconnect/_async/connection.py by `make generate`: edit that file.
"""The parts that a client shares with its views: the connections, the retry quota and the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._concurrency.owner import ProcessOwner, process_owner, is_gone, is_own
from .._http.adapter import Adapter
from .._http.preload import load
from .._http.setup_error import SetupError
from .._http.stacks import HTTPX, new_adapter
from .._pipeline.api_host import API_HOST
from .._pipeline.clock import Clock
from .._pipeline.outcome import Answer, Failure
from .._pipeline.retry import RetryQuota

if TYPE_CHECKING:
    from httpx import BaseTransport

    from .._pipeline.prepare import Prepared


class Connection:
    """The connections to the API, one adapter for each process and event loop."""

    __slots__ = ("_adapters", "_closed", "_is_loaded", "clock", "quota", "stack", "transport")

    def __init__(
        self, transport: BaseTransport | None = None, stack: str = HTTPX, *, clock: Clock | None = None
    ) -> None:
        """Create it without opening a connection.

        Args:
            transport: The httpx transport to use instead of the SDK's own connections, if any.
            stack: The name of the HTTP stack.
            clock: Replaces the clock in tests.
        """
        self.transport: BaseTransport | None = transport
        self.stack: str = stack
        self.clock: Clock = clock or Clock()
        self.quota: RetryQuota = RetryQuota()
        self._adapters: dict[ProcessOwner, Adapter] = {}
        self._closed = False
        self._is_loaded = False

    @property
    def name(self) -> str:
        """The name of the HTTP stack or transport, for a `repr`."""
        return self.stack if self.transport is None else type(self.transport).__name__

    def load(self) -> None:
        """Import the modules that calls need, so that no call has to import them."""
        if not self._is_loaded:
            load(self.stack, self.transport)
            self._is_loaded = True

    def load_files(self) -> None:
        """Import httpx, which uploads, downloads and streamed responses use with every stack."""
        load(HTTPX, self.transport)

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        self.check_open()
        try:
            adapter = self._adapter()
        except SetupError as error:
            return Failure(f"Could not connect to {API_HOST}: {error}", sent=False, hopeless=True)
        return adapter.send(prepared, ends)

    def check_open(self) -> None:
        """Raise `RuntimeError` if the client is closed."""
        if self._closed:
            raise RuntimeError("This client is closed. Create a new one, or close it later.")

    def close(self) -> None:
        """Close the connections permanently. Repeating the call has no effect."""
        if self._closed:
            return
        self._closed = True
        adapters, self._adapters = self._adapters, {}
        if self.transport is not None:
            self.transport.close()
            return
        for owner, adapter in adapters.items():
            # Connections that belong to other processes or event loops must not be closed here, so they are only
            # dropped.
            if is_own(owner):
                adapter.close()

    def _adapter(self) -> Adapter:
        owner = process_owner()
        adapter = self._adapters.get(owner)
        if adapter is None:
            for other in [other for other in tuple(self._adapters) if is_gone(other)]:
                self._adapters.pop(other, None)
            # No lock, because a fork could leave it locked. If two threads create an adapter, one of them is kept.
            adapter = self._adapters.setdefault(owner, new_adapter(self.stack, self.transport, self.clock))
        return adapter
