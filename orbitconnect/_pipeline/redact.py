"""Mask the client's secrets in responses, before they are stored in an error, a log or a capture.

Servers and proxies echo secrets ("Invalid API key: sk_live_…"), and error trackers store the responses. A secret is
masked in all forms in which a server is likely to echo it. Parts of a secret are masked too, because many servers
shorten keys.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import Final, NamedTuple, TypeVar, cast
from urllib.parse import quote, quote_plus

from ..errors import OrbitServerError
from .secret import Secret

MASK: Final = "***"
SHORTEST: Final = 6
"""Secrets with fewer characters are not masked, because they may occur in ordinary words."""
_RUN: Final = 12
"""The number of characters from which a part of a secret is masked: `sk_live_` and four more."""
_CUT_RUN: Final = 9
"""The same number at the end of the text, where the secret may be truncated."""
_BLOCK: Final = 6
"""The size of a block.

Any `_RUN` consecutive characters of a secret contain a whole block, so only blocks are searched for.
"""
_BETWEEN: Final = "\udffe\udfff"
"""Separates joined strings.

Its two characters differ, so it is found even after text that ends with the first of them.
"""
_URL_SAFE: Final = str.maketrans("+/", "-_")
_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})

T = TypeVar("T")


class _Needles(NamedTuple):
    first: tuple[str, ...]
    """Strings for the first check. Text that contains none of them contains no secret."""
    forms: tuple[str, ...]
    """Strings to mask if they occur in full, longest first."""
    blocks: tuple[tuple[str, int, str], ...]
    """The blocks of the longer forms: each block, its offset in the form, and the whole form."""
    ends: tuple[bytes, ...]
    """The same as `first`, as bytes, for bodies that may be large."""


class Redactor:
    """Masks secrets. Creating one is cheap, because it prepares the search on first use."""

    __slots__ = ("_base", "_needles", "_secrets")

    def __init__(self, *secrets: Secret[str] | Secret[bytes] | None, base: Redactor | None = None) -> None:
        """Create a redactor.

        Args:
            secrets: The secrets to mask, in all forms.
            base: A redactor to apply first. If there is one, `secrets` are masked only in their plain form.
        """
        self._base = base
        self._secrets = secrets
        self._needles: Secret[_Needles] | None = None

    def text(self, text: str) -> str:
        """Return the text with secrets masked."""
        if len(text) < SHORTEST:
            return text
        if self._base is not None:
            text = self._base.text(text)
        needles = self._prepared().reveal()
        if not any(first in text for first in needles.first):
            return text
        for form in needles.forms:
            text = text.replace(form, MASK)
        return _masked(text, sorted(_runs(text, needles.blocks)))

    def value(self, value: T) -> T:
        """Return a JSON value with secrets masked in all its strings."""
        texts = list(_texts(value))
        # Mask all strings together: masking many short strings separately takes a hundred times as long.
        between, together = _BETWEEN, "".join(texts)
        while between in together:
            between += between[1:]
        together = between.join(texts)
        masked = self.text(together)
        return value if masked == together else cast("T", _replaced(value, iter(masked.split(between))))

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return headers with secrets masked."""
        return self.value(dict(headers.items()))

    def content(self, content: bytes) -> bytes:
        """Return a response's body with secrets masked. Starts with a quick check, because the body may be large."""
        if not any(end in content for end in self._prepared().reveal().ends):
            return content
        return self.text(content.decode("latin-1")).encode("latin-1")

    def error(self, error: OrbitServerError) -> None:
        """Mask the secrets in all parts of an error that come from a response."""
        error.message = self.text(error.message)
        error.args = (error.message,)
        error.code = None if error.code is None else self.text(error.code)
        error.request_id = None if error.request_id is None else self.text(error.request_id)
        error.headers = self.headers(error.headers)
        error.body = self.value(error.body)

    def _prepared(self) -> Secret[_Needles]:
        if self._needles is None:
            given = [secret.reveal() for secret in self._secrets if secret is not None]
            secrets = [one if isinstance(one, bytes) else one.encode() for one in given]
            self._needles = Secret(_prepare(secrets, as_they_are=self._base is not None))
        return self._needles


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in cast("dict[str, object]", value).items():
            yield name
            yield from _texts(item)


def _replaced(value: object, texts: Iterator[str]) -> object:
    """Return a copy of a JSON value with its strings replaced, in the order of `_texts`."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, list):
        return [_replaced(item, texts) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {next(texts): _replaced(item, texts) for item in cast("dict[str, object]", value).values()}
    return value


def mask_wholes(text: str, secrets: Iterable[str]) -> str:
    """Return the text with these secrets masked where they occur in full. The longest are masked first."""
    forms = {form for secret in secrets for form in (secret, secret.translate(_HTML))}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, MASK)
    return text


def _prepare(secrets: Iterable[bytes], *, as_they_are: bool) -> _Needles:
    known = [secret for secret in secrets if len(secret) >= SHORTEST]
    forms = {form for secret in known for form in ((secret.decode(),) if as_they_are else _forms(secret))}
    blocks = {
        (form[start : start + _BLOCK], start, form)
        for form in forms
        if len(form) >= _RUN
        for start in range(0, len(form) - _BLOCK + 1, _BLOCK)
    }
    ends = {end.encode("latin-1", "replace") for form in forms for end in (form[:_RUN], form[-_RUN:])}
    first = {block for block, _, _ in blocks} | {form for form in forms if len(form) < _RUN}
    return _Needles(tuple(first), tuple(sorted(forms, key=len, reverse=True)), tuple(blocks), tuple(ends))


def _forms(secret: bytes) -> Iterator[str]:
    """Yield the forms in which a server may echo a secret."""
    text = secret.decode("utf-8", "replace")
    # The bytes of a header or a body may be read as Latin-1.
    for plain in {text, text.lower(), text.upper(), secret.decode("latin-1")}:
        yield from (plain, plain.translate(_HTML), dumps(plain)[1:-1], dumps(plain, ensure_ascii=False)[1:-1])
        yield plain.replace("/", "\\/")
    for encoded in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        yield from (encoded, encoded.lower())
    yield from (secret.hex(), secret.hex().upper())
    # In the Base64 of a longer text, the form of the secret depends on its offset.
    for before, unsure in ((0, 0), (1, 2), (2, 3)):
        encoded = b2a_base64(bytes(before) + secret, newline=False).decode()
        sure = encoded[unsure:] if encoded[-1] != "=" else encoded.rstrip("=")[unsure:-1]
        yield from (sure, sure.translate(_URL_SAFE))


def _runs(text: str, blocks: tuple[tuple[str, int, str], ...]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a secret in the text."""
    for block, offset, form in blocks:
        found = text.find(block)
        while found >= 0:
            start, end = found, found + _BLOCK
            while start and offset - (found - start) > 0 and text[start - 1] == form[offset - (found - start) - 1]:
                start -= 1
            while end < len(text) and offset + end - found < len(form) and text[end] == form[offset + end - found]:
                end += 1
            # An excerpt may end in the middle of a secret.
            is_cut = end == len(text) and offset == found - start
            if end - start >= (_CUT_RUN if is_cut else _RUN):
                yield start, end
            found = text.find(block, found + 1)


def _masked(text: str, runs: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in runs:
        if start >= done:
            pieces += (text[done:start], MASK)
        done = max(done, end)
    return "".join((*pieces, text[done:])) if runs else text
