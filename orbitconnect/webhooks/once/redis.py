"""`RedisStore` and `AsyncRedisStore`: handled events in Redis, over redis-py."""

from __future__ import annotations

from ..._extras import how_to_install
from ._async.scripted import AsyncScriptedStore
from ._sync.scripted import ScriptedStore
from .durations import DEFAULT_KEEP, DEFAULT_LEASE, DEFAULT_TIMEOUT, checked_seconds
from .failures import store_error
from .limits import AsyncLate, Late, ThreadLimit, within
from .loops import LoopBound
from .scripts import ScriptCall, Scripts

try:
    from redis import Redis
    from redis.asyncio import ConnectionPool
    from redis.asyncio import Redis as AsyncRedis
except ImportError as _error:
    raise ImportError(
        f"RedisStore and AsyncRedisStore need redis-py, which is not installed. {how_to_install('redis')}",
        name=_error.name,
    ) from _error

_PREFIX = "orbitconnect:handled:"


class RedisStore(ScriptedStore):
    """Handled events in Redis 5 or newer, shared by any number of machines.

    Times are measured by the Redis server's clock. Configure Redis so that it does not lose data: `maxmemory-policy
    noeviction`, and persistence. If Redis loses a handled event, for example in a failover to a replica that lags, the
    next delivery of the event is handled again.

    Args:
        client: A `redis.Redis`. The store never closes it. Set its `socket_timeout`, so that the driver also abandons a
            step that the store has abandoned.
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default. Redis then removes it. An event takes
            about 300 bytes.
        timeout: Seconds after which a step fails with a `StoreError`, however often the client retries. 5 by default.
            Each step runs in a thread, so that the limit can be enforced.
        prefix: The prefix of all keys.

    Raises:
        ValueError: If a duration is not positive.

    Example:
        ```python
        store = RedisStore(redis.Redis(socket_timeout=5))
        with once(store, event) as mine:
            if mine:
                handle(event)
        ```
    """

    def __init__(
        self,
        client: Redis,
        *,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        timeout: float = DEFAULT_TIMEOUT,
        prefix: str = _PREFIX,
    ) -> None:
        self._client = client
        self._scripts = Scripts(prefix, lease, keep)
        self._limit = ThreadLimit(checked_seconds("timeout", timeout))

    def _run(self, step: str, call: ScriptCall, late: Late[int] | None = None) -> int:
        try:
            return self._limit.run(lambda: int(self._client.eval(call.script, 1, call.key, *call.arguments)), late)
        except Exception as error:  # noqa: BLE001  # redis-py also lets other exceptions than its own through.
            failure = store_error(step, error)
        raise failure


class AsyncRedisStore(AsyncScriptedStore):
    """Handled events in Redis, for asyncio; see `RedisStore`.

    Args:
        client: A `redis.asyncio.Redis`. The store never closes it. Its pooled connections are closed at the end of the
            first event loop that uses the store; other event loops get their own connections.
        lease: Seconds after which another worker can take over a claim. 300 by default.
        keep: How long to remember a handled event, in seconds. 7 days by default.
        timeout: Seconds after which a step fails with a `StoreError`, however often the client retries. 5 by default.
        prefix: The prefix of all keys.

    Raises:
        ValueError: If a duration is not positive.

    Example:
        ```python
        store = AsyncRedisStore(redis.asyncio.Redis(socket_timeout=5))
        async with async_once(store, event) as mine:
            if mine:
                await handle(event)
        ```
    """

    def __init__(
        self,
        client: AsyncRedis,
        *,
        lease: float = DEFAULT_LEASE,
        keep: float = DEFAULT_KEEP,
        timeout: float = DEFAULT_TIMEOUT,
        prefix: str = _PREFIX,
    ) -> None:
        self._client = LoopBound(client, copy=_with_own_pool, close=_disconnect)
        self._scripts = Scripts(prefix, lease, keep)
        self._timeout = checked_seconds("timeout", timeout)

    async def _run(self, step: str, call: ScriptCall, late: AsyncLate[int] | None = None) -> int:
        try:
            return await within(self._timeout, self._eval(call), late)
        except Exception as error:  # noqa: BLE001  # redis-py also lets other exceptions than its own through.
            failure = store_error(step, error)
        raise failure

    async def _eval(self, call: ScriptCall) -> int:
        async with self._client.client() as client:
            return int(await client.eval(call.script, 1, call.key, *call.arguments))


def _with_own_pool(client: AsyncRedis) -> AsyncRedis:
    """Return a client with the same settings and an empty pool.

    A cluster client has no single pool, so it is reused.
    """
    pool = getattr(client, "connection_pool", None)
    if pool is None:
        return client
    return AsyncRedis(connection_pool=ConnectionPool(connection_class=pool.connection_class, **pool.connection_kwargs))


async def _disconnect(client: AsyncRedis) -> None:
    pool = getattr(client, "connection_pool", None)
    if pool is not None:
        await pool.disconnect()
