"""The faults of the matrix: how the server handles the first request, and which error the call raises."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final, NamedTuple

from orbitconnect import (
    ConnectionFailedError,
    OrbitServerError,
    RateLimitError,
    ServerError,
    UnreadableResponseError,
)
from tests.http.faults.harness import CHUNKED, DATA, GOOD, OK, and_reset, half_close, in_pieces, reset
from tests.pipeline.harness import Step, answer, hang_up

Errors = tuple[type[OrbitServerError], ...]


class Fault(NamedTuple):
    """One way in which an attempt fails."""

    step: Step
    errors: Errors
    """A call that is not retried raises one of these errors.

    Which one depends on how much of the response the stack sees.
    """
    tried_again: bool = True
    """Whether the SDK retries the call, unless the operation's retry class is `never`."""


NO_ANSWER: Final = (ConnectionFailedError,)
BREAKS_OFF: Final = (UnreadableResponseError, ConnectionFailedError)
"""For responses whose beginning is correct. The error depends on which bytes arrive together."""

BROKEN_HEADS: Final[dict[str, Step]] = {
    "closed": hang_up(),
    "reset": reset,
    "half-closed": half_close(),
    "half a status line": hang_up(b"HTTP/1.1 20"),
    "half the headers": hang_up(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "reset in the headers": and_reset(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "TLS": hang_up(b"\x16\x03\x01\x02\x00\x01\x00"),
    "TLS, kept open": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "much garbage": hang_up(b"\x00\xff" * 50_000),
    "blank lines": hang_up(b"\r\n\r\n"),
    "HTTP/2": hang_up(b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64"),
    "HTTP/2 status line": b"HTTP/2 200 OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "HTTP/0.9": hang_up(DATA),
    "status of two digits": b"HTTP/1.1 99 Odd\r\nContent-Length: 19\r\n\r\n" + DATA,
    "status of four digits": b"HTTP/1.1 2000 Odd\r\nContent-Length: 19\r\n\r\n" + DATA,
    "status of letters": b"HTTP/1.1 abc OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "two lengths": OK + b"Content-Length: 19\r\nContent-Length: 2\r\n\r\n" + DATA,
    "negative length": OK + b"Content-Length: -1\r\n\r\n" + DATA,
    "length with a sign": OK + b"Content-Length: +19\r\n\r\n" + DATA,
    "length of letters": OK + b"Content-Length: x\r\n\r\n" + DATA,
    "length beyond all numbers": OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n" + DATA,
    "header without a colon": OK + b"nonsense\r\nContent-Length: 19\r\n\r\n" + DATA,
    "header without a name": OK + b": a\r\nContent-Length: 19\r\n\r\n" + DATA,
    "space before the colon": OK + b"X-A : 1\r\nContent-Length: 19\r\n\r\n" + DATA,
    "NUL in a header": OK + b"X-A: a\0b\r\nContent-Length: 19\r\n\r\n" + DATA,
    "CR in a header": OK + b"X-A: a\rb\r\nContent-Length: 19\r\n\r\n" + DATA,
    "header of 10 MB": hang_up(OK + b"X-A: " + b"a" * 10_000_000 + b"\r\nContent-Length: 19\r\n\r\n" + DATA),
    "status line of 10 MB": hang_up(b"HTTP/1.1 200 " + b"a" * 10_000_000 + b"\r\nContent-Length: 19\r\n\r\n" + DATA),
    "100,000 headers": hang_up(OK + b"X-A: 1\r\n" * 100_000 + b"Content-Length: 19\r\n\r\n" + DATA),
}

BROKEN_BODIES: Final[dict[str, Step]] = {
    "shorter than its length": hang_up(OK + b"Content-Length: 99\r\n\r\n" + DATA),
    "1 GB that does not come": hang_up(OK + b"Content-Length: 1000000000\r\n\r\n" + DATA),
    "half-closed in the body": half_close(OK + b"Content-Length: 99\r\n\r\n" + DATA),
    "reset in the body": and_reset(OK + b"Content-Length: 99\r\n\r\n" + DATA),
    "half a chunk": hang_up(CHUNKED + b'88\r\n{"data":'),
    "reset in a chunk": and_reset(CHUNKED + b'88\r\n{"data":'),
    "no last chunk": hang_up(CHUNKED + b"13\r\n" + DATA + b"\r\n"),
    "no size of a chunk": CHUNKED + b"zz\r\n",
    "no size of a later chunk": in_pieces(CHUNKED + b'8\r\n{"data":\r\n', b"zz\r\n"),
    "negative size of a chunk": CHUNKED + b"-13\r\n" + DATA + b"\r\n0\r\n\r\n",
    "size of a chunk beyond all numbers": CHUNKED + b"f" * 30 + b"\r\n" + DATA + b"\r\n0\r\n\r\n",
    "chunk longer than its size": CHUNKED + b"8\r\n" + DATA + b"\r\n0\r\n\r\n",
    "chunk shorter than its size": in_pieces(CHUNKED + b"20\r\n" + DATA + b"\r\n", b"0\r\n\r\n" + b"x" * 20),
    "100,000 trailers": hang_up(CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\n" + b"X-A: 1\r\n" * 100_000 + b"\r\n"),
}

UNREADABLE: Final[dict[str, Step]] = {
    "HTML": answer(b"<html>Sign in to the wifi"),
    "nothing": answer(b""),
    "closed at once": hang_up(OK + b"\r\n"),
    "no content": answer(b"", "204 No Content"),
    "broken gzip": answer(b"\x1f\x8bnot gzip", "200 OK", "Content-Encoding: gzip"),
    "half of a gzip": answer(gzip.compress(DATA)[:-9], "200 OK", "Content-Encoding: gzip"),
    "brotli": answer(b"\x00\x01", "200 OK", "Content-Encoding: br"),
    "half of the JSON": answer(DATA[:9]),
}

BODIES: Final = {"HTML": b"<html><h1>nginx</h1>", "JSON": b'{"message":"Not now","code":"x"}', "nothing": b""}
STATUSES: Final[dict[int, Errors]] = {
    408: (OrbitServerError,),
    429: (RateLimitError,),
    500: (ServerError,),
    502: (ServerError,),
    503: (ServerError,),
    504: (ServerError,),
    520: (ServerError,),
}


def _faults() -> Iterator[tuple[str, Fault]]:
    for name, step in BROKEN_HEADS.items():
        yield name, Fault(step, NO_ANSWER)
    for name, step in BROKEN_BODIES.items():
        yield name, Fault(step, BREAKS_OFF)
    for name, step in UNREADABLE.items():
        yield f"200 with {name}", Fault(step, (UnreadableResponseError,), tried_again=False)
    for status, errors in STATUSES.items():
        reason = HTTPStatus(status).phrase if status < 511 else "Odd"
        for name, body in BODIES.items():
            yield f"{status} with {name}", Fault(answer(body, f"{status} {reason}"), errors)
            if status in (429, 503):
                closing = hang_up(answer(body, f"{status} {reason}", "Connection: close"))
                yield f"{status} with {name}, and closed", Fault(closing, errors)
    for status in ("400", "401", "403", "404", "409", "422", "460", "501", "505", "600", "302"):
        yield status, Fault(answer(BODIES["JSON"], f"{status} No"), (OrbitServerError,), tried_again=False)


FAULTS: Final[dict[str, Fault]] = dict(_faults())

READABLE: Final[dict[str, Step]] = {
    "chunked": CHUNKED + b'8\r\n{"data":\r\na\r\n{"id":"x"}\r\n1\r\n}\r\n0\r\n\r\n',
    "chunk with an extension": CHUNKED + b"13;a=b\r\n" + DATA + b"\r\n0\r\n\r\n",
    "trailers": CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\nX-A: 1\r\n\r\n",
    "gzip": answer(gzip.compress(DATA), "200 OK", "Content-Encoding: gzip"),
    "HTTP/1.0": hang_up(b"HTTP/1.0 200 OK\r\n\r\n" + DATA),
    "HTTP/1.0, kept alive": b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 19\r\n\r\n" + DATA,
    "until the close": hang_up(OK + b"Connection: close\r\n\r\n" + DATA),
    "100 Continue": b"HTTP/1.1 100 Continue\r\n\r\n" + GOOD,
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + GOOD,
    "100 Continue a thousand times": b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000 + GOOD,
    "byte for byte": in_pieces(*(GOOD[place : place + 1] for place in range(len(GOOD))), pause=0.001),
    "lines without CR": GOOD.replace(b"\r\n", b"\n"),
    "no reason": OK.replace(b" OK", b"") + b"Content-Length: 19\r\n\r\n" + DATA,
    "header of 20 kB": answer(DATA, "200 OK", "X-A: " + "a" * 20_000),
    "90 headers": answer(DATA, "200 OK", *(f"X-{number}: a" for number in range(90))),
    "header in Latin-1": OK + b"X-Odd: caf\xe9\r\nContent-Length: 19\r\n\r\n" + DATA,
    "201": answer(DATA, "201 Created"),
}

UNCLEAR: Final[dict[str, Step]] = {
    "length and chunks": OK
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n"
    + DATA
    + b"\r\n0\r\n\r\n",
    "the same length twice": OK + b"Content-Length: 19\r\nContent-Length: 19\r\n\r\n" + DATA,
    "chunked twice": OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n13\r\n" + DATA + b"\r\n0\r\n\r\n",
    "folded header": OK + b"X-A: a\r\n b\r\nContent-Length: 19\r\n\r\n" + DATA,
    "10,000 headers": OK + b"X-A: 1\r\n" * 10_000 + b"Content-Length: 19\r\n\r\n" + DATA,
    "extension of 300 kB": CHUNKED + b"13;" + b"a" * 300_000 + b"\r\n" + DATA + b"\r\n0\r\n\r\n",
    "switch of protocols": b"HTTP/1.1 101 Odd\r\nConnection: upgrade\r\nUpgrade: odd\r\n\r\n",
    "junk after the answer": GOOD + b"junk",
    "body after a 204": b"HTTP/1.1 204 No Content\r\nContent-Length: 19\r\n\r\n" + DATA,
    "body after a 304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 19\r\n\r\n" + DATA,
}
"""Responses that an HTTP client may accept or reject. A call returns the result or raises one clear error."""
