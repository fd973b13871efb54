"""Encodes bodies that are not JSON: forms and files."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from json import dumps
from typing import IO, Any, Final
from urllib.parse import quote_plus

from attrs import field, frozen

from .types import Payload, SafeRepr
from .values import text_of, wrong_type

_CONTENT_TYPE: Final = re.compile(r"[!-~]+/[ -~]+")
_QUOTED: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


@frozen(repr=False)
class File(SafeRepr):
    """A file to send, with its name and type.

    Without a name and a type, pass just the bytes, the path or the file object.
    """

    content: bytes | os.PathLike[str] | IO[bytes] = field(repr=False)
    """The bytes, the path of a file, or a file object in binary mode, which is sent from its current position.

    A large file is read while it is sent. A file object that cannot seek is first copied to a temporary file.
    """
    name: str | None = None
    """The file name to send (default: that of the path or the file object)."""
    content_type: str | None = None
    """The media type to send (default: `application/octet-stream`, or what the operation takes)."""

    def __attrs_post_init__(self) -> None:
        content: Any = self.content
        if not (isinstance(content, (bytes, os.PathLike)) or callable(getattr(content, "read", None))):
            raise wrong_type(content, "content", "bytes, a path or a file object")
        if self.content_type is not None and not _CONTENT_TYPE.fullmatch(self.content_type):
            raise ValueError("content_type must be a media type such as 'image/png'.")

    @property
    def file_name(self) -> str:
        """The name to send."""
        source = self.content if isinstance(self.content, os.PathLike) else getattr(self.content, "name", None)
        known = self.name or (os.path.basename(source) if isinstance(source, (str, os.PathLike)) else None)
        return known or "file"


FileContent = bytes | os.PathLike[str] | IO[bytes] | File
"""What an argument for a file accepts."""


def write_file(value: FileContent, name: str) -> File:
    """Check an argument for a file."""
    if isinstance(value, File):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return File(bytes(value))
    if isinstance(value, (bytes, os.PathLike)) or callable(getattr(value, "read", None)):
        return File(value)
    raise wrong_type(value, name, "bytes, a path, a file object or a File")


def show_file(value: Any) -> str:
    """Describe a file in a `repr` without its content."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(show_file, value))}]"
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else repr(value)


def whole_file(value: FileContent, media_type: str) -> Payload:
    """Send a file as the whole body.

    Args:
        value: The file.
        media_type: What the operation takes. If it is a range such as `image/*`, the file's own type is sent.
    """
    file = write_file(value, "body")
    fixed = "application/octet-stream" if "*" in media_type else media_type
    return Payload(file.content_type or fixed, (file.content,))


def urlencoded_form(fields: Mapping[str, Any]) -> Payload:
    """Encode a form as `application/x-www-form-urlencoded`. A list is sent as several fields, None as an empty one."""
    pairs = [
        f"{quote_plus(_utf8(name, 'body'))}={quote_plus(_utf8(_text(item, name), name))}"
        for name, value in fields.items()
        for item in _items(value)
    ]
    return Payload("application/x-www-form-urlencoded", ("&".join(pairs).encode(),))


def multipart_form(fields: Mapping[str, Any]) -> Payload:
    """Encode a form with files as `multipart/form-data`.

    A list is sent as several parts, None as an empty part, and an object as JSON.
    """
    boundary = os.urandom(16).hex()
    pieces: list[Any] = []
    for name, value in fields.items():
        for item in _items(value):
            pieces += (_head(boundary, name, item), _content(item, name), b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return Payload(f"multipart/form-data; boundary={boundary}", tuple(pieces))


def _head(boundary: str, name: str, value: Any) -> bytes:
    lines = [f"--{boundary}", f'Content-Disposition: form-data; name="{name.translate(_QUOTED)}"']
    if isinstance(value, File):
        lines[1] += f'; filename="{value.file_name.translate(_QUOTED)}"'
        lines.append(f"Content-Type: {value.content_type or 'application/octet-stream'}")
    elif isinstance(value, Mapping):
        lines.append("Content-Type: application/json")
    return _utf8("\r\n".join([*lines, "", ""]), name)


def _content(value: Any, name: str) -> Any:
    if isinstance(value, File):
        return value.content
    if isinstance(value, Mapping):
        return _utf8(dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False), name)
    return _utf8(_text(value, name), name)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, (str, bool, int, float)):
        raise wrong_type(value, name, "a string, a number or a boolean, because it is sent in a form")
    return text_of(value)


def _utf8(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds a lone surrogate, which UTF-8 cannot encode.") from None
