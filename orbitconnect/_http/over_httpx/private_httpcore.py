"""The private names of httpcore that the SDK uses, and the only module that uses them.

`_connection` of an `HTTPConnection`, and `_h11_state` of that: they show bytes that arrived after a response, which
httpcore would take for the response to the next request. Importing this module fails if the installed version has other
names.
"""

from __future__ import annotations

from typing import Any

import h11
import httpcore


def has_trailing_data(connection: httpcore.HTTPConnection | httpcore.AsyncHTTPConnection) -> bool:
    """Whether more arrived over a connection than the response."""
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
        made: Any = inner(origin, stream)  # type: ignore[arg-type]  # Each with the stream of its kind.
        if not known or not isinstance(getattr(made, "_h11_state", None), h11.Connection):
            raise ImportError(
                f"orbitconnect cannot protect its connections with httpcore {httpcore.__version__}: that version has "
                "changed inside. Install the newest orbitconnect, or an older httpcore."
            )


_check()
