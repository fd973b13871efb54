from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib

import pytest

from orbitconnect import AsyncOrbitServer, DeadlineExceededError, OrbitServerError, UnreadableResponseError
from orbitconnect._pipeline.body import MAX_MEMBERS, Body, BodyFlaw
from tests.pipeline.harness import KEY, FakeClock, Sdk, answer, loopback, request_of
from tests.transports import ASYNC

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
def test_every_accepted_encoding_is_decoded(coding: str | None, encoded: bytes, size: int) -> None:
    assert read(coding, *(encoded[i : i + size] for i in range(0, len(encoded), size))) == TEXT


def test_an_empty_body_is_empty_in_every_encoding() -> None:
    assert read("gzip") == read("br") == read(None) == b""


def test_a_large_body_is_decoded_at_every_boundary_of_the_chunks() -> None:
    for size in (65_535, 65_536, 65_537, 131_072, 200_000):
        assert read("gzip", gzip.compress(b"a" * size)) == b"a" * size


@pytest.mark.parametrize(
    ("coding", "encoded", "reason"),
    [
        ("gzip", gzip.compress(TEXT)[:-9], "is incomplete"),
        ("gzip", b"<html>", "is broken"),
        ("deflate", b"<html>", "is broken"),
        ("br", b"x", "not requested"),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)), "not requested"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_refused(coding: str, encoded: bytes, reason: str) -> None:
    with pytest.raises(BodyFlaw, match=reason):
        read(coding, encoded)


def test_the_decoded_size_of_a_small_chunk_is_limited() -> None:
    read(None, b"a" * 100, limit=100)
    with pytest.raises(BodyFlaw, match="larger than 100 bytes"):
        read(None, b"a" * 101, limit=100)
    bomb = gzip.compress(b"\0" * 50_000_000)
    body = Body("gzip", 1_000_000)
    with pytest.raises(BodyFlaw, match="larger than"):
        body.feed(bomb)
    assert len(body.so_far) <= 1_000_000


HEADER = b"\x1f\x8b\x08\x00" + bytes(6)
EMPTY_BLOCKS = b"\x00\x00\x00\xff\xff" * 1_000_000


@pytest.mark.parametrize(
    ("coding", "encoded", "reason"),
    [
        ("gzip", gzip.compress(b"") * 32_000, "more than 2,000 members"),
        ("gzip", gzip.compress(b"a") * 32_000, "more than 2,000 members"),
        ("deflate", zlib.compress(b"") * 32_000, "more than 2,000 members"),
        ("gzip", HEADER + EMPTY_BLOCKS, "larger than 1,000,000 bytes"),
        ("deflate", EMPTY_BLOCKS, "larger than 1,000,000 bytes"),
        ("gzip", b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * 1_000_000, "larger than 1,000,000 bytes"),
        ("gzip", b"\x1f\x8b\x08\x10" + bytes(6) + b"a" * 1_000_000, "larger than 1,000,000 bytes"),
    ],
    ids=["empty members", "members", "deflate members", "blocks", "deflate blocks", "file name", "comment"],
)
@pytest.mark.parametrize("size", [50_000, 10_000_000])
def test_the_encoded_size_is_limited_even_if_nothing_is_decoded(
    coding: str, encoded: bytes, reason: str, size: int
) -> None:
    with pytest.raises(BodyFlaw, match=reason):
        read(coding, *(encoded[i : i + size] for i in range(0, len(encoded), size)))


def test_the_number_of_gzip_members_a_server_may_use() -> None:
    assert read("gzip", gzip.compress(b"a") * MAX_MEMBERS) == b"a" * MAX_MEMBERS


@pytest.mark.parametrize("size", [7_000, 10_000_000])
def test_a_chunk_is_decoded_in_small_parts(size: int) -> None:
    for content in (bytes(20_000_000), TEXT * 100):
        encoded = gzip.compress(content) + gzip.compress(b"end")
        body = Body("gzip")
        turns = 0
        for start in range(0, len(encoded), size):
            body.feed(encoded[start : start + size])
            before = len(body.so_far)
            while body.has_more:
                turns += 1
                body.feed(b"")
                assert len(body.so_far) - before <= 1_200_000
                before = len(body.so_far)
        assert body.finish() == content + b"end"
        assert turns >= len(content) // 1_200_000


def test_the_rest_of_a_body_is_decoded_by_finish() -> None:
    encoded = gzip.compress(bytes(5_000_000)) * 3
    assert read("gzip", encoded, limit=100_000_000) == bytes(15_000_000)
    assert read("gzip", *(encoded[i : i + 3_000] for i in range(0, len(encoded), 3_000)), limit=100_000_000) == bytes(
        15_000_000
    )


def test_many_small_chunks_need_little_more_memory_than_the_body() -> None:
    content = bytes(range(256)) * 200
    body = Body(None)
    tracemalloc.start()
    for start in range(0, len(content), 2):
        body.feed(content[start : start + 2])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert body.finish() == content
    assert peak < 3 * len(content)


class TickingClock(FakeClock):
    """A clock that advances by a fifth of a second each time it is read."""

    def monotonic(self) -> float:
        self.now += 0.2
        return self.now


def test_decoding_a_large_body_ends_at_the_deadline(sdk: Sdk) -> None:
    bomb = gzip.compress(b'{"data":"' + b"a" * 60_000_000 + b'"}')
    with loopback(answer(bomb, "200 OK", "Content-Encoding: gzip")):
        client = sdk.client(timeout=5, max_retries=0)
        client._connection.clock = clock = TickingClock()
        began = clock.now
        with pytest.raises(DeadlineExceededError):
            sdk.execute(client, request_of())
        assert clock.now - began < 6


async def test_other_tasks_run_while_a_body_is_decoded() -> None:
    large, bomb = (gzip.compress(b'{"data":"' + b"a" * size + b'"}') for size in (20_000_000, 60_000_000))
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    for stack in ASYNC:
        with loopback(*(answer(body, "200 OK", "Content-Encoding: gzip") for body in (large, bomb))):
            async with AsyncOrbitServer(KEY, transport=stack, timeout=60) as orbit:
                turns = 0
                counting = asyncio.create_task(count())
                assert len(await orbit.raw.execute(request_of())) == 20_000_000
                counting.cancel()
            assert turns > 15
            async with AsyncOrbitServer(KEY, transport=stack, timeout=0.03, max_retries=0) as orbit:
                with pytest.raises(DeadlineExceededError):
                    await orbit.raw.execute(request_of())


def test_a_body_of_endless_gzip_members_is_given_up(sdk: Sdk) -> None:
    members = gzip.compress(b"") * 32_000
    for status, kind in (("200 OK", UnreadableResponseError), ("500 Oops", OrbitServerError)):
        with loopback(answer(members, status, "Content-Encoding: gzip")):
            with pytest.raises(kind) as caught:
                sdk.execute(sdk.client(max_retries=0), request_of())
            assert caught.value.body is None
