"""Collect a response's body: decode it as it arrives, and limit its size before and after decoding. No I/O."""

from __future__ import annotations

import zlib
from typing import Final, Protocol

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
"""The maximum size of a body, both encoded and decoded."""
MAX_MEMBERS: Final = 2_000
"""The maximum number of members in a gzip body. Servers that compress in blocks send one member per 64 KiB or so."""
_STEP: Final = 64 * 1024
"""The maximum number of bytes to decode at a time, so that a small chunk cannot expand beyond the limit."""
_SLICE: Final = 16 * 1024
"""The number of bytes to pass to zlib at a time. For each member, zlib copies its unused input."""
_TURN: Final = 1024 * 1024
"""The number of bytes, read plus decoded, after which other tasks may run."""
_MOST_CHUNKS: Final = 64
"""The maximum number of chunks to store separately. Many small chunks take far more memory than their content."""


class BodyFlaw(Exception):
    """The body cannot be read. The message says why."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes | memoryview, max_length: int = ..., /) -> bytes: ...


class Body:
    """A body that is decoded chunk by chunk."""

    __slots__ = (
        "_blocks",
        "_chunks",
        "_coding",
        "_decompressor",
        "_encoded_size",
        "_is_full",
        "_limit",
        "_members",
        "_pending",
        "_size",
    )

    def __init__(self, coding: str | None, limit: int = MAX_BODY_BYTES) -> None:
        """Start a body.

        Args:
            coding: The response's `Content-Encoding`.
            limit: The maximum size in bytes, both encoded and decoded.
        """
        self._chunks: list[bytes] = []
        self._blocks: list[bytes] = []
        """The earlier chunks, joined into blocks."""
        self._size = 0
        self._encoded_size = 0
        self._members = 0
        self._limit = limit
        self._coding = (coding or "").strip().lower()
        self._decompressor: _Decompressor | None = None
        self._pending = memoryview(b"")
        """The input that has not been decoded yet."""
        self._is_full = False
        """Whether zlib may have more output without further input."""
        if self._coding == "identity":
            self._coding = ""

    @property
    def so_far(self) -> bytes:
        """The bytes decoded so far."""
        if self._blocks:
            return b"".join(self._blocks + self._chunks)
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    @property
    def has_more(self) -> bool:
        """Whether input is left to decode. `feed(b"")` decodes more of it."""
        return self._is_full or bool(self._pending)

    def feed(self, chunk: bytes) -> None:
        """Add a chunk, and decode a part of it. The caller can check its deadline before it decodes more.

        Raises:
            BodyFlaw: If the body cannot be decoded or is too large.
        """
        if not self._coding:
            self._keep(chunk)
            return
        self._encoded_size += len(chunk)
        if self._encoded_size > self._limit:
            raise self._too_large()
        if chunk:
            self._pending = memoryview(bytes(self._pending) + chunk if self._pending else chunk)
        done = 0
        while done < _TURN and (self._pending or self._is_full):
            done += self._decode_step()

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            BodyFlaw: If the body cannot be decoded, is incomplete or is too large.
        """
        while self.has_more:
            self.feed(b"")
        if self._decompressor is not None and not self._decompressor.eof:
            raise BodyFlaw(f"its {self._coding} encoding is incomplete")
        return self.so_far

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise self._too_large()
        if data:
            self._chunks.append(data)
            if len(self._chunks) > _MOST_CHUNKS:
                self._blocks.append(b"".join(self._chunks))
                self._chunks.clear()

    def _decode_step(self) -> int:
        """Decode one step. Returns the number of bytes read plus the number of bytes decoded."""
        data = self._pending[:_SLICE]
        decompressor = self._decompressor
        if decompressor is None or decompressor.eof:
            # A gzip body may have several members.
            decompressor = self._decompressor = self._new_decompressor(data)
        try:
            decoded = decompressor.decompress(data, _STEP)
        except zlib.error as error:
            reason = str(error)
        else:
            self._keep(decoded)
            taken = len(data) - len(decompressor.unconsumed_tail or decompressor.unused_data)
            self._pending = self._pending[taken:]
            # zlib may hold more output even though it has consumed all input.
            self._is_full = len(decoded) == _STEP and not decompressor.eof
            return taken + len(decoded)
        raise BodyFlaw(f"its {self._coding} encoding is broken ({reason})")

    def _new_decompressor(self, data: bytes | memoryview) -> _Decompressor:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise BodyFlaw(f"its {self._coding} encoding has more than {MAX_MEMBERS:,} members")
        if self._coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        if self._coding == "deflate":
            # Servers send two formats under this name. With a zlib header, the low half of the first byte is 8.
            return zlib.decompressobj(zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        raise BodyFlaw("it has an encoding that was not requested")

    def _too_large(self) -> BodyFlaw:
        return BodyFlaw(f"it is larger than {self._limit:,} bytes")
