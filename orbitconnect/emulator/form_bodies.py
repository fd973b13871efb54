"""Reads bodies that are forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl

from attrs import field, frozen

from orbitconnect_api.types import SafeRepr

_BOUNDARY: Final = re.compile(r'boundary="?([^";]{1,70})"?')
_OPTION: Final = re.compile(r'; ?(name|filename)="([^"]*)"')
_ESCAPES: Final = {"%22": '"', "%0D": "\r", "%0A": "\n"}


class NotAForm(ValueError):
    """The body is not a form. The message completes "The body cannot be read: ..."."""


@frozen(repr=False)
class UploadedFile(SafeRepr):
    """A file in a multipart body."""

    content: bytes = field(repr=False)
    name: str
    content_type: str


@frozen(repr=False)
class FormField(SafeRepr):
    """A field of a form."""

    name: str
    text: str
    """The field's text; the name of a file."""
    is_json: bool = False
    file: UploadedFile | None = None


def read_urlencoded(body: bytes) -> Iterator[FormField]:
    """Read a body of the type `application/x-www-form-urlencoded`.

    Raises:
        NotAForm: If the body cannot be decoded.
    """
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise NotAForm("it is not a form in the encoding of URLs") from None
    for name, text in pairs:
        yield FormField(name, text)


def read_multipart(body: bytes, content_type: str) -> Iterator[FormField]:
    """Read a body of the type `multipart/form-data`.

    Args:
        body: The body.
        content_type: The request's header.

    Raises:
        NotAForm: If the body is not complete, or a part has no name.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise NotAForm("its content type has no boundary")
    sections = (b"\r\n" + body).split(b"\r\n--" + found[1].encode())
    if len(sections) < 2 or not sections[-1].startswith(b"--"):  # Before the first part, and the end.
        raise NotAForm("it does not end with its boundary")
    for section in sections[1:-1]:
        head, separator, content = section.partition(b"\r\n\r\n")
        if not separator:
            raise NotAForm("a part has no headers")
        try:
            yield _field(head.decode(), content)
        except UnicodeDecodeError:
            raise NotAForm("a part is not UTF-8 text") from None


def _field(head: str, content: bytes) -> FormField:
    headers: dict[str, str] = {}
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    found: list[tuple[str, str]] = _OPTION.findall(headers.get("content-disposition", ""))
    options = {name: _unescaped(value) for name, value in found}
    if "name" not in options:
        raise NotAForm("a part has no name")
    content_type = headers.get("content-type", "")
    if "filename" in options:
        file = UploadedFile(content, options["filename"], content_type)
        return FormField(options["name"], file.name, file=file)
    return FormField(options["name"], content.decode(), is_json=content_type == "application/json")


def _unescaped(text: str) -> str:
    for escape, character in _ESCAPES.items():
        text = text.replace(escape, character)
    return text
