"""Make attempts with the standard library's `http.client`, over the SDK's own connections."""

from __future__ import annotations

from ..._pipeline.api_host import API_HOST
from ..._pipeline.clock import Clock
from ..._pipeline.outcome import Answer, Failure
from ..._pipeline.prepare import Prepared
from .. import limits, live_hook
from .._sync.pool import Pool
from ..authorities import with_remedy
from ..deadline import Until
from ..setup_error import SetupError
from ..tunnel import ProxyFailed
from .connection import Connection
from .incoming import ResponseFlaw
from .request import Origin, RequestFlaw, request_of


class StdlibAdapter:
    """Makes attempts over a connection pool."""

    __slots__ = ("_clock", "_pool")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pool = Pool(clock, Connection)

    def send(self, prepared: Prepared, ends: float | None) -> Answer | Failure:
        """Make one attempt, and stop when the clock reads `ends`."""
        pool = self._pool
        connection = pool.take(None if ends is None else max(0.0, ends - self._clock.monotonic()))
        if connection is None:
            return Failure("No connection became free in time", sent=False, timeout=True)
        is_sound = False
        try:
            outcome, is_sound = self._attempt(connection, prepared, ends)
        finally:
            pool.give_back(connection, sound=is_sound)
        return outcome

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _attempt(self, connection: Connection, prepared: Prepared, ends: float | None) -> tuple[Answer | Failure, bool]:
        """Return the outcome, and whether the connection can be used again."""
        clock = self._clock
        left = None if ends is None else ends - clock.monotonic()
        if left is not None and left <= 0:
            return Failure("The time limit passed before the request was sent", sent=False, timeout=True), False
        limit = None if left is None else Until.after(left)
        try:
            origin, head = request_of(prepared, clock.time())
        except RequestFlaw:
            return Failure("The request could not be sent (RequestFlaw)", sent=False, hopeless=True), False
        if live_hook.check is not None:
            live_hook.check(origin.host)
        failure = _connect(connection, origin, limit)
        if failure is not None:
            return failure, False
        try:
            response = connection.exchange(prepared, head, limit)
            answer = response.answer(ends, clock)
        except TimeoutError:
            return Failure(f"{API_HOST} did not answer in time", sent=connection.has_sent, timeout=True), False
        except (OSError, ResponseFlaw) as error:
            return Failure(f"The connection to {API_HOST} broke: {_reason(error)}", sent=connection.has_sent), False
        return answer, response.leaves_connection_usable and connection.has_sent_all and not answer.flaw


def _connect(connection: Connection, origin: Origin, limit: Until | None) -> Failure | None:
    """Connect, unless the connection is still usable. Returns why that failed, or None."""
    most = limits.CONNECT_SECONDS
    try:
        connection.prepare(origin, limit if limit is not None and limit < most else Until.after(most))
    except SetupError as error:
        return Failure(f"Could not connect to {API_HOST}: {error}", sent=False, hopeless=True)
    except ProxyFailed as error:
        return Failure(f"The proxy did not connect to {API_HOST}: {error}", sent=False)
    except TimeoutError:
        return Failure(f"Could not connect to {API_HOST}: it did not answer in time", sent=False, timeout=True)
    except OSError as error:
        return Failure(f"Could not connect to {API_HOST}: {_reason(error)}", sent=False, unreachable=True)
    return None


def _reason(error: Exception) -> str:
    return with_remedy(str(error) or type(error).__name__)
