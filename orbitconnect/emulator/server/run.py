"""Runs the server: in the main thread for the command line, or in a thread of its own for tests."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import Final, Self

import uvicorn

from ..controls import ControlledEmulator
from ..exchange import BASE_PATH
from .app import EmulatorApp
from .guards import MAX_HEAD
from .implementations import new_event_loop, protocol_class
from .request_lines import Report, print_line

HOST: Final = "127.0.0.1"
KEEP_ALIVE_SECONDS: Final = 75
"""Longer than clients keep idle connections, so that the server never closes a connection that a client is about to
use."""
GRACE_SECONDS: Final = 5.0
"""How long requests in progress may take to finish when the server stops."""
_START_SECONDS: Final = 30.0
_BACKLOG: Final = 2048


class LoopbackServer:
    """A server for an emulator on 127.0.0.1, in a thread of this process.

    Example:
        with emulator.serve() as server:
            subprocess.run(["my-application"], env={"ORBIT_URL": server.url})
    """

    def __init__(self, emulator: ControlledEmulator, port: int = 0, *, verbose: bool = False) -> None:
        """Create the server without starting it.

        Args:
            emulator: The emulator.
            port: The port to listen on. With 0, the system chooses a port.
            verbose: Print a line for each request.
        """
        self._emulator = emulator
        self._report = print_line if verbose else None
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The server's URL for a `LoopbackTransport`, such as `http://127.0.0.1:41234`."""
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """The API's base URL, for clients that let you set one."""
        return self.url + BASE_PATH

    def start(self) -> None:
        """Start the server, and wait until it accepts requests.

        Raises:
            OSError: If the port is in use.
            RuntimeError: If the server is already running, or does not start within 30 seconds.
        """
        if self._thread is not None:
            raise RuntimeError("This server is already running.")
        listener = bind(self._port)
        self._port = listener.getsockname()[1]
        self._server = _Server(self._emulator, report=self._report)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="orbit-emulator-server", daemon=True
        )
        self._thread.start()
        if not self._server.running.wait(_START_SECONDS):
            raise RuntimeError(f"The emulator's server did not start within {_START_SECONDS:.0f} s.")

    def close(self) -> None:
        """Stop the server after the requests in progress. The emulator stays open. Closing again does nothing."""
        if self._thread is not None and self._server is not None:
            self._server.stop()
            self._thread.join()
            self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def run(emulator: ControlledEmulator, port: int, ready: Callable[[str], None], *, verbose: bool = False) -> None:
    """Run the server until SIGTERM or SIGINT.

    Args:
        emulator: The emulator.
        port: The port to listen on. With 0, the system chooses a port.
        ready: Called with the server's URL once it accepts requests.
        verbose: Print a line for each request.

    Raises:
        OSError: If the port is in use.
    """
    listener = bind(port)
    url = f"http://{HOST}:{listener.getsockname()[1]}"
    _Server(emulator, lambda: ready(url), print_line if verbose else None).run([listener])


def bind(port: int) -> socket.socket:
    """Listen on a port of the loopback interface.

    Raises:
        OSError: If the port is in use.
    """
    # asyncio sets TCP_NODELAY only on sockets with an explicit protocol. Without it, every response takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise OSError(error.errno, f"Port {port} is in use") from None
        raise
    return listener


class _Server(uvicorn.Server):
    """uvicorn's server without polling, so that it starts and stops without delay."""

    def __init__(
        self, emulator: ControlledEmulator, ready: Callable[[], None] | None = None, report: Report | None = None
    ) -> None:
        self._app: Final = EmulatorApp(emulator, report)
        super().__init__(
            uvicorn.Config(
                self._app,
                http=protocol_class(),
                ws="none",
                lifespan="off",
                interface="asgi3",
                # The tested application may also use uvicorn, so its logging configuration must not change.
                log_config=None,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                backlog=_BACKLOG,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                h11_max_incomplete_event_size=MAX_HEAD,
            )
        )
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None
        self.running: Final = threading.Event()
        """Set once the server accepts requests."""

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Run the server until it is told to stop."""
        # uvicorn itself would, in some versions, set the event loop policy of the whole process.
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(self.serve(sockets))

    def stop(self) -> None:
        """Stop the server, from any thread."""
        # If the event loop is not running yet, only the flag can be set.
        self.should_exit = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._app.stopping.set)

    async def main_loop(self) -> None:
        """Wait until the server is told to stop."""
        self._loop = asyncio.get_running_loop()
        self.running.set()
        if self.should_exit:
            return
        if self._ready is not None:
            self._ready()
        await self._app.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more requests, wait for those in progress, and close all connections."""
        for server in self.servers:
            server.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                while (state.tasks or state.connections) and not self.force_exit:  # noqa: ASYNC110  # uvicorn does not signal it.
                    await asyncio.sleep(0.005)
        for connection in list(state.connections):
            connection.transport.abort()
        for task in state.tasks:
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop at SIGINT and SIGTERM; a second signal stops without waiting.

        uvicorn's own method would raise the signal again after it has stopped.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def handle(number: int, frame: FrameType | None) -> None:
            self.force_exit = self._app.stopping.is_set()
            self.stop()

        before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
