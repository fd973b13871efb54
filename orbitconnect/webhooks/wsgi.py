"""Reads a body without a Content-Length over WSGI, for example one with `Transfer-Encoding: chunked`.

WSGI has no way to tell an application where such a body ends. Some servers say that their input ends with the body, by
setting `wsgi.input_terminated`; others hand over the bare socket, where a read would wait for bytes that never come.
Therefore, frameworks treat such a body as empty: Django always does this; Flask does it unless the flag is set.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BufferedReader
from typing import Final, cast

from .chunks import Stream, read_chunks

_READ_SIZE: Final = 65536
_TERMINATING: Final = frozenset({"a2wsgi", "eventlet"})
"""Packages whose input ends with the body, although they do not set the flag."""


class _LimitedStream(Stream):
    """The input of Django's development server."""

    limit: int


def unannounced_body(environ: Mapping[str, object], limit: int) -> bytes:
    """Read a body whose length the request does not declare.

    Args:
        environ: The WSGI environ.
        limit: The number of bytes after which to stop reading.

    Returns:
        The body, or a part of it with more than `limit` bytes. Empty if the request has a Content-Length, or if the end
        of the body cannot be found.

    Raises:
        OSError: If the sender disconnected.
        ValueError: If the chunks are malformed.
    """
    stream = cast("Stream | None", environ.get("wsgi.input"))
    if environ.get("CONTENT_LENGTH") or stream is None:
        return b""
    if not _ends(environ, stream):
        return read_chunks(stream, limit) if _has_raw_chunks(environ, stream) else b""
    body = bytearray()
    while len(body) <= limit and (chunk := stream.read(min(_READ_SIZE, limit + 1 - len(body)))):
        body += chunk
    return bytes(body)


def _ends(environ: Mapping[str, object], stream: object) -> bool:
    """Return whether the stream ends with the body."""
    if environ.get("wsgi.input_terminated"):
        return True
    seekable = getattr(stream, "seekable", None)
    if seekable is not None and seekable():  # A file or a buffer that holds the whole body.
        return True
    return _is_chunked(environ) and type(stream).__module__.partition(".")[0] in _TERMINATING


def _has_raw_chunks(environ: Mapping[str, object], stream: Stream) -> bool:
    """Return whether the stream contains undecoded chunks, as with the standard library's server."""
    if not (_is_chunked(environ) and str(environ.get("SERVER_SOFTWARE", "")).startswith("WSGIServer/")):
        return False
    # Django's server limits its input to the Content-Length, and treats a missing one as 0.
    if hasattr(stream, "limit"):
        cast("_LimitedStream", stream).limit = sys.maxsize
        return True
    return isinstance(stream, BufferedReader)


def _is_chunked(environ: Mapping[str, object]) -> bool:
    return "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower()
