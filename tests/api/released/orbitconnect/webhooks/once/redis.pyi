from ._async.scripted import AsyncScriptedStore
from ._sync.scripted import ScriptedStore
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

class RedisStore(ScriptedStore):
    def __init__(self, client: Redis, *, lease: float = ..., keep: float = ..., timeout: float = ..., prefix: str = ...) -> None: ...

class AsyncRedisStore(AsyncScriptedStore):
    def __init__(self, client: AsyncRedis, *, lease: float = ..., keep: float = ..., timeout: float = ..., prefix: str = ...) -> None: ...
