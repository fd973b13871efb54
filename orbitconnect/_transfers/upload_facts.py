"""Read a file's name and media type from the object that contains it. No I/O.

In web frameworks, `filename` is the file's name as the browser sent it. If an object has that attribute, its `name` is
the name of the form field.
"""

from __future__ import annotations

import os
import re
from email.message import Message
from typing import Final, NamedTuple, cast

from .plan import upload_name

_TYPE: Final = re.compile(r"[!#$&^_.+A-Za-z0-9-]{1,127}/[!#$&^_.+A-Za-z0-9-]{1,127}(?:\s*;[ -~]*)?", re.ASCII)
_LONGEST_TYPE: Final = 255
_NAMES: Final = ("filename", "file_name")
_TYPES: Final = ("content_type", "type")
_DECOMPRESSORS: Final = ("gzip", "bz2", "lzma", "_compression", "compression.")
"""Modules whose file objects return the decompressed bytes of the named file."""
_COMPRESSED: Final = {".gz": "", ".bz2": "", ".xz": "", ".lzma": "", ".zst": "", ".tgz": ".tar", ".svgz": ".svg"}


class Facts(NamedTuple):
    """A file's name and media type."""

    name: str | None = None
    mime_type: str | None = None
    is_form_file: bool = False
    """Whether the file came from an HTML form. If so, the form's user chose its name, which is sent to the API for
    files of any size."""


def facts_of(given: object) -> Facts:
    """Read the facts from an object's attributes. Attributes with unexpected types or formats are ignored."""
    mime_type = next((found for name in _TYPES if (found := _mime_type(_attribute(given, name)))), None)
    # A gzip file object has a deprecated `filename` attribute: the name of the compressed file.
    named = [] if _decompresses(given) else [name for name in _NAMES if _has(given, name)]
    is_form_file = bool(named) or mime_type is not None or _has(given, "content_type")
    name = _text(_attribute(given, named[0])) if named else _file_name(given)
    if mime_type is None and not is_form_file:
        mime_type = _type_in_headers(given)
    return Facts(upload_name(name), mime_type, is_form_file)


def _file_name(given: object) -> str | None:
    name = _text(_attribute(given, "name"))
    if name is None or name.startswith("<"):  # Such as `<stdin>`.
        return None
    inner = given
    for _ in range(5):
        if _decompresses(inner):
            stem, dot, extension = name.rpartition(".")
            inside = _COMPRESSED.get((dot + extension).lower())
            return name if inside is None else stem + inside
        if type(inner).__module__ == "tarfile" and name == _attribute(_attribute(inner, "fileobj"), "name"):
            return None  # Before Python 3.13, the `name` of an archive's member is the name of the archive.
        inner = _attribute(inner, "raw")
    return name


def _decompresses(file: object) -> bool:
    return type(file).__module__.startswith(_DECOMPRESSORS)


def _type_in_headers(given: object) -> str | None:
    """The media type of a `urllib` or `http.client` response, which does not decompress its body."""
    headers = _attribute(given, "headers")
    if not isinstance(headers, Message):
        return None
    fields = cast("Message[str, str]", headers)
    return None if fields.get("content-encoding") else _mime_type(fields.get("content-type"))


def _attribute(given: object, name: str) -> object:
    try:
        return getattr(given, name, None)
    except Exception:  # noqa: BLE001  # A property can raise any exception. The file can still be sent.
        return None


def _has(given: object, name: str) -> bool:
    try:
        return hasattr(given, name)
    except Exception:  # noqa: BLE001  # As above.
        return False


def _text(value: object) -> str | None:
    if isinstance(value, (str, bytes, os.PathLike)):
        return os.fsdecode(cast("str | bytes | os.PathLike[str]", value))
    return None


def _mime_type(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if len(text) <= _LONGEST_TYPE and _TYPE.fullmatch(text) else None
