from __future__ import annotations

import gzip
import zlib

import pytest

from orbitconnect._pipeline.body import Body, BodyFlaw

TEXT = bytes(range(256)) * 40


def read(coding: str | None, *chunks: bytes, limit: int = 1_000_000) -> bytes:
    body = Body(coding, limit)
    for chunk in chunks:
        body.feed(chunk)
    return body.finish()


def _raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


@pytest.mark.parametrize(
    ("coding", "encoded"),
    [
        (None, TEXT),
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZip ", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", _raw_deflate(TEXT)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_encodings(coding: str | None, encoded: bytes, size: int) -> None:
    assert read(coding, *(encoded[i : i + size] for i in range(0, len(encoded), size))) == TEXT


def test_nothing_is_nothing_whatever_the_encoding() -> None:
    assert read("gzip") == read("br") == read(None) == b""


def test_large_body_is_whole_again_at_every_boundary_of_the_steps() -> None:
    for size in (65_535, 65_536, 65_537, 131_072, 200_000):
        assert read("gzip", gzip.compress(b"a" * size)) == b"a" * size


@pytest.mark.parametrize(
    ("coding", "encoded", "reason"),
    [
        ("gzip", gzip.compress(TEXT)[:-9], "breaks off"),
        ("gzip", b"<html>", "is broken"),
        ("deflate", b"<html>", "is broken"),
        ("br", b"x", "not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)), "not asked for"),
    ],
)
def test_flaws(coding: str, encoded: bytes, reason: str) -> None:
    with pytest.raises(BodyFlaw, match=reason):
        read(coding, encoded)


def test_size_is_limited_also_where_a_small_chunk_unfolds() -> None:
    read(None, b"a" * 100, limit=100)
    with pytest.raises(BodyFlaw, match="larger than 100 bytes"):
        read(None, b"a" * 101, limit=100)
    bomb = gzip.compress(b"\0" * 50_000_000)
    body = Body("gzip", 1_000_000)
    with pytest.raises(BodyFlaw, match="larger than"):
        body.feed(bomb)
    assert len(body.so_far) <= 1_000_000
