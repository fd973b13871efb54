"""`RedisStore` and `AsyncRedisStore`: handled events in Redis, over redis-py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ..._extras import how_to_install
from .limits import ThreadLimit, within
from .loops import LoopBound
from .protocol import (
    BUSY,
    DEFAULT_KEEP,
    DEFAULT_LEASE,
    DEFAULT_TIMEOUT,
    HANDLED,
    Claim,
    checked_seconds,
    lost,
    new_claim,
    store_error,
    stored_key,
)

try:
    from redis import Redis
    from redis.asyncio import ConnectionPool
    from redis.asyncio import Redis as AsyncRedis
except ImportError as _error:
    raise ImportError(
        f"RedisStore and AsyncRedisStore need redis-py, which is not installed. {how_to_install('redis')}",
        name=_error.name,
    ) from _error

# A hash for each event: `token`, `handled` (0 or 1) and `until`, in milliseconds of the server's clock. A claim's hash
# outlives `until` by one lease: a plain expiry would take it from a slow worker though nobody else wants it.
_NOW: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local token, handled, ends = unpack(redis.call('HMGET', KEYS[1], 'token', 'handled', 'until'))
local function put(state, seconds, lease)
  redis.call('HSET', KEYS[1], 'token', ARGV[1], 'handled', state, 'until', string.format('%.0f', now + seconds))
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', seconds + lease))
end
"""
# The client may send a script twice when an answer is lost. Each one takes that: a claim knows its own token again.
_CLAIM: Final = (
    _NOW
    + """
if ends and tonumber(ends) > now and token ~= ARGV[1] then
  return tonumber(handled)
end
put(0, tonumber(ARGV[2]), tonumber(ARGV[2]))
return 2
"""
)
_COMMIT: Final = (
    _NOW
    + """
if token and token ~= ARGV[1] then
  return 0
end
put(1, tonumber(ARGV[2]), 0)
return 1
"""
)
_RELEASE: Final = (
    _NOW
    + """
if token == ARGV[1] and handled == '0' then
  redis.call('DEL', KEYS[1])
end
return 1
"""
)


class _Scripts:
    """The scripts with their arguments, and what their answers mean: the same for both stores."""

    def __init__(self, prefix: str, lease: float, keep: float) -> None:
        self._prefix = prefix
        self._lease = round(checked_seconds("lease", lease) * 1000) or 1
        self._keep = round(checked_seconds("keep", keep) * 1000) or 1

    def _key(self, key: str) -> str:
        return self._prefix + stored_key(key)

    def claim(self, key: str, token: str) -> tuple[str, int, str, str, int]:
        return _CLAIM, 1, self._key(key), token, self._lease

    def commit(self, key: str, token: str) -> tuple[str, int, str, str, int]:
        return _COMMIT, 1, self._key(key), token, self._keep

    def release(self, key: str, token: str) -> tuple[str, int, str, str]:
        return _RELEASE, 1, self._key(key), token


class RedisStore:
    """Handled events in Redis 5 or newer, for any number of machines. The time is the server's.

    Redis has to keep what it is given: set `maxmemory-policy noeviction` and turn persistence on. A handled event that
    Redis loses, also in a failover to a replica that lags, is handled again when it is delivered again.

    Args:
        client: A `redis.Redis`. It stays yours to close. Set `socket_timeout`, so that what the store has given up
            ends, too.
        lease: Seconds after which a claim can be taken over.
        keep: Seconds that a handled event is remembered; Redis forgets it by itself. An event takes about 300 bytes.
        timeout: Seconds after which a step is given up with a `StoreError`, however often the client tries again. Each
            step runs in a thread for that.
        prefix: What all keys begin with.

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
        prefix: str = "orbitconnect:handled:",
    ) -> None:
        self._client = client
        self._scripts = _Scripts(prefix, lease, keep)
        self._limit = ThreadLimit(checked_seconds("timeout", timeout))

    def claim(self, key: str, /) -> Claim:
        """Claims an event; see `ClaimStore.claim`."""
        claim = new_claim()

        def give_back(answer: int) -> None:
            if _claimed(answer, claim):
                self.release(key, claim.token)

        return _claimed(self._run("claim", self._scripts.claim(key, claim.token), give_back), claim)

    def commit(self, key: str, token: str, /) -> None:
        """Notes that an event was handled; see `ClaimStore.commit`."""
        command = self._scripts.commit(key, token)
        if not token or not self._run("commit", command):
            raise lost(key)

    def release(self, key: str, token: str, /) -> None:
        """Gives a claim back; see `ClaimStore.release`."""
        self._run("release", self._scripts.release(key, token))

    def _run(self, step: str, command: tuple[Any, ...], late: Callable[[int], object] | None = None) -> int:
        try:
            return self._limit.run(lambda: int(self._client.eval(*command)), late)
        except Exception as error:  # noqa: BLE001  # Not all that can go wrong is an error of redis-py's own.
            failure = store_error(step, error)
        raise failure


class AsyncRedisStore:
    """`RedisStore` for asyncio.

    Args:
        client: A `redis.asyncio.Redis`. It stays yours to close. Its pooled connections are closed at the end of the
            event loop that uses it first; other event loops get connections of their own.
        lease: Seconds after which a claim can be taken over.
        keep: Seconds that a handled event is remembered.
        timeout: Seconds after which a step is given up with a `StoreError`, however often the client tries again.
        prefix: What all keys begin with.

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
        prefix: str = "orbitconnect:handled:",
    ) -> None:
        self._client = LoopBound(client, copy=_with_own_pool, close=_disconnect)
        self._scripts = _Scripts(prefix, lease, keep)
        self._timeout = checked_seconds("timeout", timeout)

    async def claim(self, key: str, /) -> Claim:
        """Claims an event; see `ClaimStore.claim`."""
        claim = new_claim()
        return _claimed(await self._run("claim", self._scripts.claim(key, claim.token)), claim)

    async def commit(self, key: str, token: str, /) -> None:
        """Notes that an event was handled; see `ClaimStore.commit`."""
        command = self._scripts.commit(key, token)
        if not token or not await self._run("commit", command):
            raise lost(key)

    async def release(self, key: str, token: str, /) -> None:
        """Gives a claim back; see `ClaimStore.release`."""
        await self._run("release", self._scripts.release(key, token))

    async def _run(self, step: str, command: tuple[Any, ...]) -> int:
        try:
            return await within(self._timeout, self._eval(command))
        except Exception as error:  # noqa: BLE001  # Not all that can go wrong is an error of redis-py's own.
            failure = store_error(step, error)
        raise failure

    async def _eval(self, command: tuple[Any, ...]) -> int:
        async with self._client.client() as client:
            return int(await client.eval(*command))


def _with_own_pool(client: AsyncRedis) -> AsyncRedis:
    """A client like another one, with an empty pool. That of a cluster has no single pool, and is returned as it is."""
    pool = getattr(client, "connection_pool", None)
    if pool is None:
        return client
    return AsyncRedis(connection_pool=ConnectionPool(connection_class=pool.connection_class, **pool.connection_kwargs))


async def _disconnect(client: AsyncRedis) -> None:
    pool = getattr(client, "connection_pool", None)
    if pool is not None:
        await pool.disconnect()


def _claimed(answer: int, claim: Claim) -> Claim:
    return (BUSY, HANDLED, claim)[answer]
