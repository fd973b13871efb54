"""The name and media type that an object gives for its file. Pure.

Frameworks store the name from the browser in `filename`. If an object has that attribute, its `name` is the form field.
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
"""The modules whose file objects decompress: their bytes differ from those of the named file."""
_COMPRESSED: Final = {".gz": "", ".bz2": "", ".xz": "", ".lzma": "", ".zst": "", ".tgz": ".tar", ".svgz": ".svg"}


class Facts(NamedTuple):
    """What is known about a file besides its bytes."""

    name: str | None = None
    mime_type: str | None = None
    is_form_file: bool = False
    """Whether it is from a web form. Then its name is from the user and is always sent to the API."""


def facts_of(given: object) -> Facts:
    """Read an object's attributes. Only strings in the right format are accepted."""
    mime_type = next((found for name in _TYPES if (found := _mime_type(_attribute(given, name)))), None)
    # A gzip file has a deprecated `filename`, which is that of the compressed file.
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
            return None  # Before Python 3.13, a member of an archive has the archive's name.
        inner = _attribute(inner, "raw")
    return name


def _decompresses(file: object) -> bool:
    return type(file).__module__.startswith(_DECOMPRESSORS)


def _type_in_headers(given: object) -> str | None:
    """The media type of a response from `urllib` or `http.client`, which do not decompress."""
    headers = _attribute(given, "headers")
    if not isinstance(headers, Message):
        return None
    fields = cast("Message[str, str]", headers)
    return None if fields.get("content-encoding") else _mime_type(fields.get("content-type"))


def _attribute(given: object, name: str) -> object:
    try:
        return getattr(given, name, None)
    except Exception:  # noqa: BLE001  # A property can raise any error, but the file can still be sent.
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
