"""The interface between the pipeline and an HTTP stack. An adapter makes a single attempt at a call.

A client has one adapter for each process and each event loop that uses it. `stacks` has the table of HTTP stacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from .._pipeline.clock import Clock
from .._pipeline.outcome import Answer, Failure

if TYPE_CHECKING:
    from .._pipeline.prepare import Prepared


class Adapter(Protocol):
    """Makes attempts, for the sync client."""

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`. Network errors are returned as a `Failure`.

        Every adapter does the following:

        - Before it resolves a name, opens a connection or reuses one, it calls `live_hook.check` with the host.
        - It uses at most `limits.MAX_CONNECTIONS` connections. Waiting for one counts towards the time limit.
        - It connects within `limits.CONNECT_SECONDS`, from the name lookup to the end of the TLS handshake.
        - It connects through the environment's proxy, and never sends the proxy a header that is for the API.
        - A `SetupError` becomes a `Failure` with `hopeless=True`. A retry would fail in the same way.
        - `Failure.sent` is False only if no byte of the request was handed to the connection. Handshakes do not count.
        - It sends a request once. Only the pipeline decides on retries.
        - It reads a body through `Body`, which decodes it and limits its size. The size of a response's head is
          limited, too, and so is the time for both.
        - It reuses a connection only after a complete response, if no further byte has arrived. It closes the
          connection after everything else: a failure, a flaw in the body, or an exception such as `KeyboardInterrupt`.
        - `Failure.text` never quotes received text, a header or a URL, because each can contain a secret.
        - An error that occurs while a body is read from files is raised, not returned.
        """
        ...

    def close(self) -> None:
        """Close the connections. Connections in use are closed when their calls end."""
        ...


class AsyncAdapter(Protocol):
    """Makes attempts, for the async client in one event loop."""

    async def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`. `Adapter.send` lists what every adapter does."""
        ...

    async def aclose(self) -> None:
        """Close the connections. Connections in use are closed when their calls end."""
        ...


@runtime_checkable
class DirectTransport(Protocol):
    """A transport that makes attempts itself, without httpx's requests and responses, such as the emulator's.

    It is passed to a client in place of an httpx transport, and has the methods of one for streams and transfers.
    """

    def new_adapter(self, clock: Clock) -> Adapter:
        """Create an adapter that measures the time limits of attempts with a clock."""
        ...


@runtime_checkable
class AsyncDirectTransport(Protocol):
    """A transport that makes attempts itself, like `DirectTransport`, for the async client."""

    def new_adapter(self, clock: Clock) -> AsyncAdapter:
        """Create an adapter for one event loop that measures the time limits of attempts with a clock."""
        ...
