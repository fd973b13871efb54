"""Collects a response's body: decodes it as it arrives, and stops at limits on both sides of the decoding. Pure."""

from __future__ import annotations

import zlib
from typing import Final, Protocol

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
"""The limit of a body as it is sent, and of what it decodes to."""
MAX_MEMBERS: Final = 2_000
"""The most members of one gzip body. Servers that compress block by block need one for every 64 KiB or so."""
_STEP: Final = 64 * 1024
"""How much is decoded at a time, so that a small chunk cannot unfold to more memory than the limit."""
_SLICE: Final = 16 * 1024
"""How much is handed to zlib at a time. It copies what it leaves over, once for each member."""
_TURN: Final = 1024 * 1024
"""How much is read and decoded at a time, taken together, before others have their turn."""
_MOST_CHUNKS: Final = 64
"""How many chunks are kept as they are. A list of many small ones takes many times the memory of the body."""


class BodyFlaw(Exception):
    """The body cannot be read; the message says why."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes | memoryview, max_length: int = ..., /) -> bytes: ...


class Body:
    """Takes chunks as they come from the connection."""

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
        """Starts a body.

        Args:
            coding: The response's `Content-Encoding`.
            limit: The most bytes that the body may have, encoded and decoded.
        """
        self._chunks: list[bytes] = []
        self._blocks: list[bytes] = []
        """What came before the chunks, joined."""
        self._size = 0
        self._encoded_size = 0
        self._members = 0
        self._limit = limit
        self._coding = (coding or "").strip().lower()
        self._decompressor: _Decompressor | None = None
        self._pending = memoryview(b"")
        """What was fed and is not decoded yet."""
        self._is_full = False
        """Whether zlib may have more to give without any input."""
        if self._coding == "identity":
            self._coding = ""

    @property
    def so_far(self) -> bytes:
        """What has been decoded."""
        if self._blocks:
            return b"".join(self._blocks + self._chunks)
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    @property
    def has_more(self) -> bool:
        """Whether there is something to decode in what was fed: then `feed(b"")` decodes more of it."""
        return self._is_full or bool(self._pending)

    def feed(self, chunk: bytes) -> None:
        """Takes a chunk, and decodes a part of it: a deadline and other tasks have their turn before the next one.

        Raises:
            BodyFlaw: If it cannot be decoded, or the body is too large.
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
        """The whole body.

        Raises:
            BodyFlaw: If it cannot be decoded, its encoding breaks off, or it is too large.
        """
        while self.has_more:
            self.feed(b"")
        if self._decompressor is not None and not self._decompressor.eof:
            raise BodyFlaw(f"its {self._coding} encoding breaks off")
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
        """Decodes a little. Returns how many bytes went in and came out."""
        data = self._pending[:_SLICE]
        decompressor = self._decompressor
        if decompressor is None or decompressor.eof:
            # The first one, or one more: a gzip body may have several members.
            decompressor = self._decompressor = self._new_decompressor(data)
        try:
            decoded = decompressor.decompress(data, _STEP)
        except zlib.error as error:
            reason = str(error)
        else:
            self._keep(decoded)
            taken = len(data) - len(decompressor.unconsumed_tail or decompressor.unused_data)
            self._pending = self._pending[taken:]
            # A full step may have left something inside even where all input is taken.
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
            # Two forms go by this name. With the zlib header, the low half of the first byte is 8.
            return zlib.decompressobj(zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        raise BodyFlaw("it came in an encoding that was not asked for")

    def _too_large(self) -> BodyFlaw:
        return BodyFlaw(f"it is larger than {self._limit:,} bytes")
