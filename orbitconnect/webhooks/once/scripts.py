"""The Lua scripts of the Redis stores, their arguments, and the meaning of their results."""

from __future__ import annotations

from typing import Final, NamedTuple

from .durations import checked_seconds
from .keys import stored_key
from .protocol import BUSY, HANDLED, Claim

# Each event is a hash: `token`, `handled` (0 or 1) and `until`, in milliseconds of the server's clock. A claim's hash
# outlives `until` by one lease, so that a slow worker can still commit a claim that nobody else has taken over.
_NOW: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local token, handled, ends = unpack(redis.call('HMGET', KEYS[1], 'token', 'handled', 'until'))
local function put(state, seconds, lease)
  redis.call('HSET', KEYS[1], 'token', ARGV[1], 'handled', state, 'until', string.format('%.0f', now + seconds))
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', seconds + lease))
end
"""
# The client may send a script again if a response is lost, so each script must be safe to run twice: a claim recognizes
# its own token.
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


class ScriptCall(NamedTuple):
    """A script with its arguments."""

    script: str
    key: str
    arguments: tuple[str | int, ...]


class Scripts:
    """Makes the calls of one store.

    Args:
        prefix: The prefix of all keys.
        lease: See `RedisStore`.
        keep: See `RedisStore`.

    Raises:
        ValueError: If a duration is not positive.
    """

    def __init__(self, prefix: str, lease: float, keep: float) -> None:
        self._prefix = prefix
        self._lease = _milliseconds("lease", lease)
        self._keep = _milliseconds("keep", keep)

    def claim(self, key: str, token: str) -> ScriptCall:
        """Return the call that claims an event. `claim_of` reads its result."""
        return ScriptCall(_CLAIM, self._key(key), (token, self._lease))

    def commit(self, key: str, token: str) -> ScriptCall:
        """Return the call that records a handled event.

        It returns 1 on success, and 0 if another worker has the claim.
        """
        return ScriptCall(_COMMIT, self._key(key), (token, self._keep))

    def release(self, key: str, token: str) -> ScriptCall:
        """Return the call that releases a claim. Its result has no meaning."""
        return ScriptCall(_RELEASE, self._key(key), (token,))

    def _key(self, key: str) -> str:
        return self._prefix + stored_key(key)


def claim_of(answer: int, claim: Claim) -> Claim:
    """Convert the script's response to the result of a claim.

    Args:
        answer: The response of the script.
        claim: The result if the event was free.
    """
    return (BUSY, HANDLED, claim)[answer]


def _milliseconds(name: str, seconds: float) -> int:
    return round(checked_seconds(name, seconds) * 1000) or 1
