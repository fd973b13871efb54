from .dbapi import DBAPIStore as DBAPIStore
from .handling import async_once as async_once, once as once
from .keys import stored_key as stored_key
from .memory import MemoryStore as MemoryStore
from .protocol import AsyncClaimStore as AsyncClaimStore, Claim as Claim, ClaimStore as ClaimStore, EventBusy as EventBusy, LeaseLost as LeaseLost, OnceError as OnceError, StoreError as StoreError
from .redis import AsyncRedisStore as AsyncRedisStore, RedisStore as RedisStore
from .sqlalchemy import AsyncSQLAlchemyStore as AsyncSQLAlchemyStore, SQLAlchemyStore as SQLAlchemyStore
from .sqlite import SQLiteStore as SQLiteStore
from .store_kinds import ThreadedStore as ThreadedStore, as_async as as_async
