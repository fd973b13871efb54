"""The only module that uses private names of httpcore.

`HTTPConnection._connection` and its `_h11_state` show bytes that arrived after a response. httpcore would use them as
the response to the next request. Importing this module fails if the installed httpcore does not have these names.

`_request_lock` and `_state_lock` are replaced, because nothing shares a connection while it is in use. If httpcore
renames them, calls only take longer.
"""

from __future__ import annotations

from typing import Any, Final

import h11
import httpcore


def has_trailing_data(connection: httpcore.HTTPConnection | httpcore.AsyncHTTPConnection) -> bool:
    """Whether bytes arrived over a connection after the response had ended."""
    outer: Any = connection
    inner = outer._connection
    return inner is not None and bool(inner._h11_state.trailing_data[0])


class _NoLock:
    """Takes the place of a lock that is not needed."""

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *error: object) -> None: ...


_NO_LOCK: Final = _NoLock()


def remove_locks(connection: httpcore.HTTPConnection | httpcore.AsyncHTTPConnection) -> None:
    """Remove the locks of a connection that has sent its first request, and sends one request at a time.

    In each call, acquiring them would give control to the event loop three times, which is a tenth of the call.
    """
    outer: Any = connection
    outer._request_lock = _NO_LOCK
    if outer._connection is not None:
        outer._connection._state_lock = _NO_LOCK


def _check() -> None:
    origin = httpcore.Origin(b"http", b"localhost", 80)
    for outer, inner, stream in (
        (httpcore.HTTPConnection, httpcore.HTTP11Connection, httpcore.MockStream([])),
        (httpcore.AsyncHTTPConnection, httpcore.AsyncHTTP11Connection, httpcore.AsyncMockStream([])),
    ):
        known = getattr(outer(origin), "_connection", outer) is None
        made: Any = inner(origin, stream)  # type: ignore[arg-type]  # Each class gets its own kind of stream.
        if not known or not isinstance(getattr(made, "_h11_state", None), h11.Connection):
            raise ImportError(
                f"orbitconnect cannot protect its connections with httpcore {httpcore.__version__}: its internals "
                "have changed. Install the newest orbitconnect, or an older httpcore."
            )


_check()
