"""Collects an answer's body: decodes it as it comes, and stops when it grows beyond all measure."""

from __future__ import annotations

import zlib
from typing import Final, Protocol

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
_STEP: Final = 64 * 1024


class BodyFlaw(Exception):
    """The body cannot be read; the message says why."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class Body:
    """Takes chunks as they come from the connection."""

    __slots__ = ("_chunks", "_coding", "_decompressor", "_limit", "_size")

    def __init__(self, coding: str | None, limit: int = MAX_BODY_BYTES) -> None:
        """Starts a body.

        Args:
            coding: The answer's `Content-Encoding`.
            limit: The most bytes that the decoded body may have.
        """
        self._chunks: list[bytes] = []
        self._size = 0
        self._limit = limit
        self._coding = (coding or "").strip().lower()
        self._decompressor: _Decompressor | None = None
        if self._coding == "identity":
            self._coding = ""

    @property
    def so_far(self) -> bytes:
        """What has been decoded."""
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    def feed(self, chunk: bytes) -> None:
        """Takes a chunk.

        Raises:
            BodyFlaw: If it cannot be decoded, or the body is too large.
        """
        if self._coding:
            self._decode(chunk)
        else:
            self._keep(chunk)

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            BodyFlaw: If its encoding breaks off.
        """
        if self._decompressor is not None and not self._decompressor.eof:
            raise BodyFlaw(f"its {self._coding} encoding breaks off")
        return self.so_far

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise BodyFlaw(f"it is larger than {self._limit:,} bytes")
        if data:
            self._chunks.append(data)

    def _decode(self, data: bytes) -> None:
        more = bool(data)
        while more:
            if self._decompressor is None or self._decompressor.eof:
                # The first one, or one more: a gzip body may have several members.
                self._decompressor = self._new_decompressor(data)
            try:
                # In steps, so that a small chunk cannot unfold to more memory than the limit before it is noticed.
                decoded = self._decompressor.decompress(data, _STEP)
            except zlib.error as error:
                reason = str(error)
            else:
                self._keep(decoded)
                data = self._decompressor.unconsumed_tail or self._decompressor.unused_data
                # A full step may have left something inside even where all input is taken.
                more = bool(data) or (len(decoded) == _STEP and not self._decompressor.eof)
                continue
            raise BodyFlaw(f"its {self._coding} encoding is broken ({reason})")

    def _new_decompressor(self, data: bytes) -> _Decompressor:
        if self._coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        if self._coding == "deflate":
            # Two forms go by this name. With the zlib header, the low half of the first byte is 8.
            return zlib.decompressobj(zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        raise BodyFlaw("it came in an encoding that was not asked for")
