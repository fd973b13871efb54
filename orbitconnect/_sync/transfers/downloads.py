# Derived from orbitconnect/_async/transfers/downloads.py by `make generate`: edit that file.
"""Download a file, and resume an interrupted download."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from orbitconnect_api import operations
from orbitconnect_api.api.media import get_media, get_media_download_url
from orbitconnect_api.models.media import Media as MediaFile  # `Media` alone is the sync namespace.

from ..._concurrency.blocking import run_here
from ..._pipeline.outcome import Answer, Failure
from ..._transfers.download_sink import FileSink, PathSink, check_destination, open_sink
from ..._transfers.plan import (
    LASTING_BYTES,
    READ_BYTES,
    is_compressed,
    new_digest,
    range_headers,
    read_opening,
    safe_name,
    sha256_of,
    size_of,
)
from ..._transfers.progress_bar import reporting
from ..._transfers.signed_url import SignedUrl
from ...transfers import CorruptTransferError, Progress
from ..executor import Executor
from .transfer import Incoming, Transfer

_URL_REFUSED: Final = frozenset({400, 401, 403, 404, 410})
"""The statuses with which storages reject an expired URL."""
_RANGE_REFUSED: Final = 416


def download(
    executor: Executor,
    media_id: str,
    to: str | os.PathLike[str] | BinaryIO,
    *,
    progress: Progress | None,
    show_progress: bool,
    timeout: float | None,
    idle_timeout: float,
    acting_user_id: str | None,
) -> Path | int:
    """Implement `orbit.media.download`."""
    check_destination(to)
    transfer = Transfer(
        executor, "download", operations.GET_MEDIA_DOWNLOAD_URL, timeout=timeout, idle_timeout=idle_timeout
    )
    with reporting(progress, show_progress, f"Downloading {media_id}") as report:
        with transfer:
            media = transfer.call(get_media.build(media_id, acting_user_id=acting_user_id))
            sink = open_sink(to, media_id, lambda: safe_name(media.filename, media_id, media.mime_type))
            try:
                _Download(transfer, media_id, media, sink, acting_user_id, report).run()
            finally:
                sink.close()
    return sink.target if isinstance(sink, PathSink) else sink.size


class _Download:
    """One download."""

    def __init__(
        self,
        transfer: Transfer,
        media_id: str,
        media: MediaFile,
        sink: PathSink | FileSink,
        acting_user_id: str | None,
        report: Progress,
    ) -> None:
        self._transfer = transfer
        self._media_id = media_id
        self._size = size_of(media.size)
        self._checksum = sha256_of(media.checksum)
        self._sink = sink
        self._acting_user_id = acting_user_id
        self._report = report
        self._digest = new_digest()
        self._url_has_worked = False

    def run(self) -> None:
        """Download the file, check it, and move it to its target."""
        sink = self._sink
        run_here(sink.prepare, self._digest)
        if not self._is_there_already():
            self._fetch_all()
        if sink.was_found and not self._is_sound():
            # The bytes from an earlier run may be corrupt. Download the whole file again.
            self._restart(None)
            self._fetch_all()
        if not self._is_sound():
            with suppress(OSError):  # Bytes written to a pipe cannot be discarded.
                self._restart(None)
            raise CorruptTransferError(
                f"The download is not the media file {self._media_id}: its size or SHA-256 differs.",
                operation=operations.GET_MEDIA_DOWNLOAD_URL.id,
            )
        run_here(sink.finish)

    def _is_there_already(self) -> bool:
        return self._sink.was_found and self._checksum is not None and self._is_sound()

    def _is_sound(self) -> bool:
        return self._size in (None, self._sink.size) and self._checksum in (None, self._digest.hexdigest())

    def _fetch_all(self) -> None:
        """Download the missing bytes. If the connection fails, resume from the last received byte."""
        transfer, sink = self._transfer, self._sink
        url: SignedUrl | None = None
        attempt, cost, furthest = 1, 0, sink.size
        while True:
            if url is None:
                url, self._url_has_worked = self._new_url(), False
            outcome = self._fetch(url)
            if outcome is None:
                transfer.give_back(cost)
                return
            if sink.size >= furthest + LASTING_BYTES:
                transfer.give_back(cost)
                attempt, furthest = 1, sink.size
            if isinstance(outcome, Answer) and outcome.status in _URL_REFUSED and self._url_has_worked:
                url = None  # It has expired. Get a new one.
                continue
            cost = transfer.pause(outcome, attempt, url)
            attempt += 1

    def _new_url(self) -> SignedUrl:
        request = get_media_download_url.build(self._media_id, acting_user_id=self._acting_user_id)
        return self._transfer.url((self._transfer.call(request)).url)

    def _fetch(self, url: SignedUrl) -> Answer | Failure | None:
        """Make one request. Returns None if the download is complete."""
        sink = self._sink
        if sink.size and sink.etag is None:
            self._restart(None)
        incoming = self._transfer.send("GET", url, tuple(range_headers(sink.size, sink.etag)))
        if isinstance(incoming, Failure):
            return incoming
        try:
            return self._take(incoming, url)
        finally:
            incoming.close()

    def _take(self, incoming: Incoming, url: SignedUrl) -> Answer | Failure | None:
        sink = self._sink
        if incoming.status not in (200, 206):
            answer = self._transfer.answer_of(incoming)
            if incoming.status == _RANGE_REFUSED and sink.size:
                self._restart(None)
                return Failure(f"the file at {url.host} has changed", sent=True)
            return answer
        if is_compressed(incoming.headers):
            raise self._transfer.unreadable(f"{url.host} compressed the file without being asked to", incoming.status)
        opening = read_opening(incoming.status, incoming.headers, sink.size, sink.etag)
        if opening is None:
            self._restart(None)
            return Failure(f"{url.host} sent a different range of the file than requested", sent=True)
        self._url_has_worked = True
        if opening.start == 0:
            self._restart(opening.etag)
        total = opening.total if opening.total is not None else self._size
        return self._write(incoming, url, total)

    def _write(self, incoming: Incoming, url: SignedUrl, total: int | None) -> Failure | None:
        """Write the response's body. Returns None if the download is complete."""
        sink, transfer = self._sink, self._transfer
        gathered = bytearray()
        chunk: bytes | Failure | None = b""
        while isinstance(chunk, bytes):
            chunk = incoming.chunk()
            if isinstance(chunk, bytes):
                gathered += chunk
                self._report(sink.size + len(gathered), total)
                if transfer.left() <= 0:
                    chunk = Failure("The time limit passed", sent=True, timeout=True)
            if total is not None and sink.size + len(gathered) > total:
                self._restart(None)
                return Failure(f"{url.host} sent more bytes than it declared", sent=True)
            if gathered and (len(gathered) >= READ_BYTES or not isinstance(chunk, bytes)):
                run_here(sink.write, bytes(gathered))
                gathered.clear()
        if chunk is None and total is not None and sink.size < total:
            return Failure(f"the response of {url.host} ended after {sink.size:,} of {total:,} bytes", sent=True)
        return chunk

    def _restart(self, etag: str | None) -> None:
        self._digest = new_digest()
        run_here(self._sink.restart, self._digest, etag)
