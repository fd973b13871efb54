"""The public class `Emulator`: adds the ways to reach an emulator, through httpx, clients or a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypedDict, Unpack, cast

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
    """The options of a client. Omitted options have the client's own defaults."""

    secret_key: str
    signing_secret: str | None
    timeout: float | None
    max_retries: int
    observers: Sequence[Observer]


class Emulator(ControlledEmulator):
    """An emulator of the OrbitConnect API in this process, with a state of its own.

    Example:
        with Emulator() as emulator, emulator.client() as orbit:
            user = orbit.users.create(external_id="customer-1", display_name="Ada")
    """

    secret_key: Final = TEST_KEY
    """A secret key for the emulator, which accepts every key that starts with `sk_test_`."""

    @property
    def transport(self) -> httpx.BaseTransport:
        """An httpx transport to this emulator. Closing it, or a client that uses it, does not close the emulator."""
        from .transports.in_process import EmulatorTransport

        return EmulatorTransport(self.handle, self.clock)

    @property
    def async_transport(self) -> httpx.AsyncBaseTransport:
        """An asynchronous httpx transport to this emulator."""
        from .transports.in_process import AsyncEmulatorTransport

        return AsyncEmulatorTransport(self.handle, self.clock)

    def client(self, **options: Unpack[ClientOptions]) -> orbitconnect.OrbitServer:
        """Create a client of this emulator, with a test key and the emulator's signing secret and clock."""
        from .._sync.client import OrbitServer
        from .transports.client_time import keep_time
        from .transports.direct import EmulatorConnection

        connection = cast("httpx.BaseTransport", EmulatorConnection(self.handle, self.clock))
        client = OrbitServer(transport=connection, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def async_client(self, **options: Unpack[ClientOptions]) -> orbitconnect.AsyncOrbitServer:
        """Create an async client of this emulator, with a test key and the emulator's signing secret and clock."""
        from .._async.client import AsyncOrbitServer
        from .transports.client_time import keep_time
        from .transports.direct import AsyncEmulatorConnection

        connection = cast("httpx.AsyncBaseTransport", AsyncEmulatorConnection(self.handle, self.clock))
        client = AsyncOrbitServer(transport=connection, **self._with_defaults(options))
        keep_time(client, self.clock)
        return client

    def serve(self, port: int = 0, *, verbose: bool = False) -> run.LoopbackServer:
        """Create a server for other programs on this machine. It runs in a thread; `with` starts and stops it.

        Args:
            port: The port on 127.0.0.1 to listen on. With 0, the system chooses a port.
            verbose: Print a line for each request.

        Raises:
            ImportError: If the extra `orbitconnect[emulator]` is not installed.
        """
        from .server import check_installed

        check_installed()
        from .server.run import LoopbackServer

        return LoopbackServer(self, port, verbose=verbose)

    def _with_defaults(self, options: ClientOptions) -> ClientOptions:
        defaults: ClientOptions = {"secret_key": self.secret_key, "signing_secret": self._signing_secret}
        return {**defaults, **options}
