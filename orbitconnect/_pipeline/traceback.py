"""Remove frames from a traceback if their local variables contain the key or a signature.

Error trackers record the local variables of all frames. The SDK raises its own errors only where no such frame is on
the stack, but interruptions, such as a cancellation or Ctrl+C, are raised deep inside the HTTP stack.
"""

from __future__ import annotations

import sys
from types import FrameType, TracebackType
from typing import Final

_LIBRARIES: Final = sys.stdlib_module_names | {
    *("httpx", "httpcore", "h11", "h2", "socksio", "anyio", "aiohttp", "aiohappyeyeballs", "multidict", "yarl"),
    # Replacements for the standard library's sockets and event loops.
    *("gevent", "eventlet", "uvloop", "nest_asyncio"),
}
_OWN: Final = (
    "orbitconnect._http.",
    "orbitconnect._async.transfers.",
    "orbitconnect._sync.transfers.",
    "orbitconnect._pipeline.finish",
    "orbitconnect._pipeline.copied",
    "orbitconnect._pipeline.prepare",
    "orbitconnect._pipeline.redact",
    "orbitconnect._pipeline.secret",
    "orbitconnect._pipeline.settings",
)


def hide_secrets(error: BaseException) -> None:
    """Remove these frames from the traceback of an exception and of the exceptions that it chains from inside the call.

    All other frames stay: the caller's own frames, and the frames of the caller's transport or clock.
    """
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        # If the caller was already handling an exception when it made the call, leave that exception unchanged.
        if one is error or (one.__traceback__ is not None and _is_ours(one.__traceback__.tb_frame)):
            one.__traceback__ = _without_secrets(one.__traceback__)
            left += (one.__cause__, one.__context__)


def _without_secrets(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        if not _holds_secrets(traceback.tb_frame):
            kept.append(traceback)
        traceback = traceback.tb_next
    made: TracebackType | None = None
    for old in reversed(kept):
        made = TracebackType(made, old.tb_frame, old.tb_lasti, old.tb_lineno or 0)
    return made


def _holds_secrets(frame: FrameType) -> bool:
    module = _module(frame)
    return module.partition(".")[0] in _LIBRARIES or module.startswith(_OWN)


def _is_ours(frame: FrameType) -> bool:
    return _holds_secrets(frame) or _module(frame).startswith("orbitconnect.")


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))
