"""Reads a body without a Content-Length over WSGI, such as one that is sent in chunks.

WSGI has no way to say that a body without a length ends. Servers that know set `wsgi.input_terminated`; others do not,
and reading from a server's bare socket would wait for bytes that never come. Frameworks therefore take such a body for
an empty one: Django always does, Flask does unless the flag is set.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BufferedReader
from typing import Any, Final

from .chunks import read_chunks

_CHUNK: Final = 65536
_ENDING: Final = frozenset({"a2wsgi", "eventlet"})
"""Packages whose input ends with the body, though they do not set the flag."""


def unannounced_body(environ: Mapping[str, Any], limit: int) -> bytes:
    """Reads a body whose length the request does not say.

    Args:
        environ: The WSGI environ.
        limit: The number of bytes that are enough.

    Returns:
        The body. One that is longer than `limit` is cut somewhere beyond it. Empty if the request has a Content-Length,
        or the server does not tell where the body ends.

    Raises:
        OSError: If the sender went away.
        ValueError: If the chunks are malformed.
    """
    stream = environ.get("wsgi.input")
    if environ.get("CONTENT_LENGTH") or stream is None:
        return b""
    if not _ends(environ, stream):
        return read_chunks(stream, limit) if _has_raw_chunks(environ, stream) else b""
    body = bytearray()
    while len(body) <= limit and (chunk := stream.read(min(_CHUNK, limit + 1 - len(body)))):
        body += chunk
    return bytes(body)


def _ends(environ: Mapping[str, Any], stream: Any) -> bool:
    """Whether the stream ends with the body."""
    if environ.get("wsgi.input_terminated"):
        return True
    seekable = getattr(stream, "seekable", None)
    if seekable is not None and seekable():  # A file or memory that holds the whole body.
        return True
    return _is_chunked(environ) and type(stream).__module__.partition(".")[0] in _ENDING


def _has_raw_chunks(environ: Mapping[str, Any], stream: Any) -> bool:
    """Whether the stream has the chunks as they were sent: the standard library's server does not decode them."""
    if not (_is_chunked(environ) and str(environ.get("SERVER_SOFTWARE", "")).startswith("WSGIServer/")):
        return False
    # Django's server gives the connection no more bytes than the missing Content-Length says, which is none.
    if hasattr(stream, "limit"):
        stream.limit = sys.maxsize
        return True
    return isinstance(stream, BufferedReader)


def _is_chunked(environ: Mapping[str, Any]) -> bool:
    return "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
