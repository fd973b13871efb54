"""Reads the type and the size of an image (PNG, GIF or JPEG) from the first bytes of its file."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final, NamedTuple

_PNG: Final = "image/png"
_GIF: Final = "image/gif"
_JPEG: Final = "image/jpeg"
KNOWN_TYPES: Final = frozenset({_PNG, _GIF, _JPEG})

_BEGINNINGS: Final = {
    b"\x89PNG\r\n\x1a\n": _PNG,
    b"GIF87a": _GIF,
    b"GIF89a": _GIF,
    b"\xff\xd8\xff": _JPEG,
}
_LONGEST: Final = max(map(len, _BEGINNINGS))

# JPEG markers: those of the segments that start a frame and contain its size, and those that stand alone.
_FRAME_STARTS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_NO_CONTENT: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_MAX_SEGMENTS: Final = 1000


class Dimensions(NamedTuple):
    """The size of an image in pixels."""

    width: int
    height: int


def image_type(file: BinaryIO) -> str | None:
    """The file's media type, or None if it is unknown."""
    file.seek(0)
    begins = file.read(_LONGEST)
    return next((type_ for beginning, type_ in _BEGINNINGS.items() if begins.startswith(beginning)), None)


def read_dimensions(file: BinaryIO, type_: str | None) -> Dimensions | None:
    """The size of the image in a file, or None if it cannot be read or is zero."""
    try:
        if type_ == _PNG:
            file.seek(12)
            kind, width, height = struct.unpack(">4sII", file.read(12))
            found = Dimensions(width, height) if kind == b"IHDR" else None
        elif type_ == _GIF:
            file.seek(6)
            found = Dimensions(*struct.unpack("<HH", file.read(4)))
        else:
            found = _of_jpeg(file)
    except struct.error:  # The file is truncated.
        return None
    return found if found is not None and all(found) else None


def _of_jpeg(file: BinaryIO) -> Dimensions | None:
    file.seek(2)
    for _ in range(_MAX_SEGMENTS):
        (mark, kind) = struct.unpack(">BB", file.read(2))
        while kind == 0xFF:  # Fill bytes between segments.
            (kind,) = struct.unpack(">B", file.read(1))
        if mark != 0xFF:
            return None
        if kind in _NO_CONTENT:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if kind in _FRAME_STARTS:
            height, width = struct.unpack(">xHH", file.read(5))
            return Dimensions(width, height)
        if length < 2 or kind == 0xDA:  # The image data starts here.
            return None
        file.seek(length - 2, 1)
    return None
