"""The public class: an emulator, and the ways to reach it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

import orbitconnect

from .._later import Later
from ..observers import Observer
from .access import TEST_KEY
from .controls import ControlledEmulator

if TYPE_CHECKING:
    import httpx

    from .server import run
else:
    httpx, run = Later("httpx"), Later(".server.run", __package__)


class ClientOptions(TypedDict, total=False):
    """The options of a client; what is left out has the client's own default."""

    secret_key: str
    signing_secret: str | None
    timeout: float | None
    max_retries: int
    observers: Sequence[Observer]


class Emulator(ControlledEmulator):
    """The OrbitConnect API in this process, with a state of its own.

    Example:
        with Emulator() as emulator, emulator.client() as orbit:
            user = orbit.users.create(external_id="customer-1", display_name="Ada")
    """

    secret_key: Final = TEST_KEY
    """A secret key that works. Every other key that starts with `sk_test_` does too."""

    @property
    def transport(self) -> httpx.BaseTransport:
        """An httpx transport that leads here. Closing it, or a client that has it, leaves the emulator as it is."""
        from .transports.in_process import EmulatorTransport

        return EmulatorTransport(self.handle, self.clock)

    @property
    def async_transport(self) -> httpx.AsyncBaseTransport:
        """An asynchronous httpx transport that leads here."""
        from .transports.in_process import AsyncEmulatorTransport

        return AsyncEmulatorTransport(self.handle, self.clock)

    def client(self, **options: Unpack[ClientOptions]) -> orbitconnect.OrbitServer:
        """Makes a client of this emulator: with a key that works, its signing secret and its clock."""
        from .._sync.client import OrbitServer
        from .transports.in_process import keep_time

        client = OrbitServer(transport=self.transport, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def async_client(self, **options: Unpack[ClientOptions]) -> orbitconnect.AsyncOrbitServer:
        """Makes an asynchronous client of this emulator: with a key that works, its signing secret and its clock."""
        from .._async.client import AsyncOrbitServer
        from .transports.in_process import keep_time

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
