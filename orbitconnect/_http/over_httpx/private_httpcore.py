"""The only module that uses private names of httpcore.

`HTTPConnection._connection` and its `_h11_state` show bytes that arrived after a response. httpcore would use them as
the response to the next request. Importing this module fails if the installed httpcore does not have these names.
"""

from __future__ import annotations

from typing import Any

import h11
import httpcore


def has_trailing_data(connection: httpcore.HTTPConnection | httpcore.AsyncHTTPConnection) -> bool:
    """Whether bytes arrived over a connection after the response had ended."""
    outer: Any = connection
    inner = outer._connection
    return inner is not None and bool(inner._h11_state.trailing_data[0])


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
