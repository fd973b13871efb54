"""Transfers with threads and httpx: cancellation during file operations, and URLs that httpx cannot parse."""

from __future__ import annotations

import asyncio
import io
import json
import pickle
import threading
import time

import pytest

from orbitconnect import AsyncOrbitServer, OrbitServerError
from orbitconnect._concurrency import blocking
from orbitconnect._http.over_httpx.transfer_request import transfer_request
from orbitconnect._transfers.signed_url import UnsafeTarget, check_url
from orbitconnect_api.operations import BASE_URL
from tests.lifecycle.test_secrets import rendered
from tests.pipeline.harness import KEY
from tests.transfers.conftest import Media
from tests.transfers.storage import MEDIA_ID, SECRET, Handler, Step, Storage, answers


def test_an_upload_without_an_event_loop_of_asyncio() -> None:
    uploading = AsyncOrbitServer(KEY).media.upload(b"hello", acting_user_id="usr_1")
    with pytest.raises(RuntimeError, match=r"asyncio event loop.*trio\.to_thread\.run_sync"):
        uploading.send(None)


async def test_a_cancelled_task_waits_until_the_file_is_no_longer_in_use() -> None:
    began, may_end = threading.Event(), threading.Event()
    ended: list[bool] = []

    def use_the_file() -> None:
        began.set()
        may_end.wait(30)
        time.sleep(0.05)
        ended.append(True)

    task = asyncio.create_task(blocking.run_in_thread(use_the_file))
    await asyncio.to_thread(began.wait, 30)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == [True]


async def test_a_cancelled_task_waits_only_for_a_limited_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "_GRACE_SECONDS", 0.05)
    began, may_end = threading.Event(), threading.Event()

    def stand_still() -> None:
        began.set()
        may_end.wait(30)

    task = asyncio.create_task(blocking.run_in_thread(stand_still))
    await asyncio.to_thread(began.wait, 30)
    task.cancel()
    try:
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 20)
    finally:
        may_end.set()


@pytest.mark.parametrize("host", ["999.1.1.1", "[v1.a]"])
def test_a_host_that_httpx_cannot_parse_raises_an_error_without_the_url(host: str) -> None:
    url = check_url(f"https://{host}/secret-path?sig=secret", BASE_URL)
    with pytest.raises(UnsafeTarget) as caught:
        transfer_request("GET", url, (), None, None, 5.0)
    assert str(caught.value) == "its host is invalid"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def broken(head: str) -> Step:
    """Send a response that is not HTTP."""

    def step(handler: Handler) -> None:
        handler.read_body()
        handler.wfile.write(f"{head}\r\n\r\n".encode())
        handler.close_connection = True

    return step


SAID = f"{SECRET} {KEY} {KEY[:13]}..."


@pytest.mark.parametrize(
    "step",
    [
        answers(403, f"<Error><Code>{SAID}</Code><Message>{SAID}</Message></Error>".encode(), x_amz_request_id=SAID),
        answers(401, json.dumps({"message": SAID, "code": SAID}).encode(), x_request_id=SAID),
        answers(503, SAID.encode()),
        broken(f"HTTP/1.1 {SAID}"),
        broken(f"HTTP/1.1 200 OK\r\n{SAID}"),
    ],
    ids=["XML", "JSON", "text", "no status", "no header"],
)
def test_secrets_in_a_storages_response_are_masked(media: Media, storage: Storage, step: Step) -> None:
    storage.script = [step] * 10
    storage.media = {"status": "pending", "size": None, "checksum": None}
    for transfer in (
        lambda: media.upload(b"hello"),
        lambda: media.upload(b"hello", filename="a"),
        lambda: media.download(MEDIA_ID, io.BytesIO()),
    ):
        with pytest.raises(OrbitServerError) as caught:
            transfer()
        error = caught.value
        kept = f"{error} {vars(error)} {rendered(error)} {pickle.dumps(error, 0).decode('latin-1')}"
        assert SECRET not in kept, [line[:200] for line in kept.splitlines() if SECRET in line]
        assert KEY[:12] not in kept, [line[:200] for line in kept.splitlines() if KEY[:12] in line]
