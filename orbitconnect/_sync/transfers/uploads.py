# Derived from orbitconnect/_async/transfers/uploads.py by `make generate`: edit that file.
"""Upload a file: small files in one request, larger ones in parts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Final, NamedTuple

from orbitconnect_api import operations
from orbitconnect_api.api.media import (
    complete_multipart_upload,
    generate_upload_url,
    get_media,
    init_multipart_upload,
)
from orbitconnect_api.models.complete_multipart_upload_body import CompleteMultipartUploadBody
from orbitconnect_api.models.generate_upload_url_body import GenerateUploadUrlBody
from orbitconnect_api.models.init_multipart_upload_body import InitMultipartUploadBody
from orbitconnect_api.models.media import Media as MediaFile  # `Media` alone is the sync namespace.
from orbitconnect_api.models.multipart_session import MultipartSession

from ..._concurrency.blocking import run_here
from ..._pipeline.retry import backoff
from ..._pipeline.settings import HeaderPairs
from ..._transfers.plan import (
    MAX_PARTS,
    READ_BYTES,
    SEND_BYTES,
    WHOLE_BYTES,
    Digest,
    Span,
    check_size,
    guess_type,
    name_for,
    new_digest,
    part_spans,
    sha256_of,
    size_of,
    upload_name,
)
from ..._transfers.progress_bar import reporting
from ..._transfers.signed_url import SignedUrl, check_headers, check_method
from ..._transfers.upload_chunks import Reader, blocking_reader
from ..._transfers.upload_source import measure, new_spool, open_source, read_block
from ...errors import (
    ConnectionFailedError,
    DeadlineExceededError,
    OrbitServerError,
    ServerError,
    UnreadableResponseError,
)
from ...transfers import Uploadable, CorruptTransferError, Progress
from ..executor import Executor
from .transfer import Outgoing, Transfer

AMBIGUOUS: Final = (ConnectionFailedError, DeadlineExceededError, ServerError, UnreadableResponseError)
"""Errors after which it is unknown whether the API completed the upload."""
_PENDING: Final = "pending"


def upload(
    executor: Executor,
    file: Uploadable,
    *,
    mime_type: str | None,
    filename: str | None,
    progress: Progress | None,
    show_progress: bool,
    timeout: float | None,
    idle_timeout: float,
    acting_user_id: str | None,
) -> MediaFile:
    """Implement `orbit.media.upload`."""
    transfer = Transfer(executor, "upload", operations.GENERATE_UPLOAD_URL, timeout=timeout, idle_timeout=idle_timeout)
    with ExitStack() as stack:
        source = open_source(file)
        if source.is_own:
            stack.callback(source.given.close)
        facts = source.facts
        name = upload_name(filename) or facts.name
        mime_type = mime_type or facts.mime_type or guess_type(name)
        # Only multipart uploads send a file name. A small local file is uploaded in one request, without its name.
        is_name_told = filename is not None or (facts.is_form_file and name is not None)
        span = run_here(measure, source)
        report = stack.enter_context(reporting(progress, show_progress, f"Uploading {name or 'a file'}"))
        with transfer:
            upload = _Upload(transfer, mime_type, name, acting_user_id, report)
            if isinstance(span, Span):
                if span.length <= WHOLE_BYTES and not is_name_told:
                    return upload.whole(source.given, span)
                return upload.in_parts(_Sections(source.given, span))
            stream = _Stream(blocking_reader(source), span)
            stack.callback(stream.close)
            # Even for a multipart upload, read the first bytes before any request: an unreadable source fails early.
            head = stream.read_all(0 if is_name_told else WHOLE_BYTES)
            if head is not None and not is_name_told:
                return upload.whole(io.BytesIO(head), Span(0, len(head)))
            return upload.in_parts(stream)


class _Piece(NamedTuple):
    """A part of a file to upload."""

    file: IO[bytes]
    span: Span
    is_last: bool


class _Sections:
    """The parts of a seekable file."""

    def __init__(self, file: IO[bytes], span: Span) -> None:
        self._file = file
        self._next = span.offset
        self._end = span.offset + span.length
        self.size: int | None = span.length

    def take(self, length: int) -> _Piece:
        """Return the next part."""
        offset = self._next
        self._next = min(offset + length, self._end)
        return _Piece(self._file, Span(offset, self._next - offset), self._next == self._end)


class _Stream:
    """The parts of a source that can be read only once. Each part is kept in a temporary file until it is sent."""

    size: int | None = None

    def __init__(self, read: Reader, head: bytes) -> None:
        self._read_more = read
        self._rest = head
        self._spool: IO[bytes] | None = None

    def read_all(self, limit: int) -> bytes | None:
        """Read the whole source. Returns None if it exceeds the limit; the bytes read so far are kept for `take`."""
        pieces: list[bytes] = []
        size = 0
        while size <= limit and (data := self._read()):
            pieces.append(data)
            size += len(data)
        self._rest = b"".join(pieces)
        return self._rest if size <= limit else None

    def take(self, length: int) -> _Piece:
        """Return the next part."""
        self.close()
        spool = self._spool = new_spool()
        left = length
        while left and (data := self._read()):
            piece, self._rest = data[:left], data[left:]
            run_here(spool.write, piece)
            left -= len(piece)
        self._rest = self._read()
        return _Piece(spool, Span(0, length - left), not self._rest)

    def close(self) -> None:
        """Delete the temporary file."""
        spool, self._spool = self._spool, None
        if spool is not None:
            spool.close()

    def _read(self) -> bytes:
        """Read some bytes. `b""` at the end."""
        data, self._rest = self._rest, b""
        return data or self._read_more()


class _Body(Outgoing):
    """The body of one attempt, read from the file while it is sent."""

    def __init__(self, piece: _Piece, digest: Digest, report: Progress, done: int, total: int | None) -> None:
        self._piece = piece
        self._report = report
        self._done = done
        self._total = total
        self._block = memoryview(b"")
        self._has_begun = False
        self.digest: Digest = digest.copy()
        self.length: int = piece.span.length
        self.left: int = self.length

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            data = self._next()
        except Exception as error:
            self.failure, self.traceback = error, error.__traceback__
            raise
        if data is None:
            raise StopIteration
        return data

    def _next(self) -> bytes | None:
        sent = self.length - self.left
        if self._has_begun:
            self._report(self._done + sent, self._total)  # All bytes returned earlier have been sent.
        if not self._block and (self.left or not self._has_begun):
            span = Span(self._piece.span.offset + sent, min(READ_BYTES, self.left))
            is_end = self._total is not None and self._piece.is_last and span.length == self.left
            self._block = memoryview(run_here(read_block, self._piece.file, span, self.digest, is_end))
        self._has_begun = True
        if not self._block:
            return None
        data, self._block = bytes(self._block[:SEND_BYTES]), self._block[SEND_BYTES:]
        self.left -= len(data)
        return data


class _Upload:
    """One upload."""

    def __init__(
        self, transfer: Transfer, mime_type: str, name: str | None, acting_user_id: str | None, report: Progress
    ) -> None:
        self._transfer = transfer
        self._mime_type = mime_type
        self._name = name
        self._acting_user_id = acting_user_id
        self._report = report
        self._digest = new_digest()
        self._sent = 0

    def whole(self, file: IO[bytes], span: Span) -> MediaFile:
        """Upload the file in one request."""
        transfer = self._transfer
        body = GenerateUploadUrlBody(mime_type=self._mime_type)
        session = transfer.call(generate_upload_url.build(body=body, acting_user_id=self._acting_user_id))
        check_size(span.length, session.max_size)
        transfer.checked(check_method, session.method)
        media_id = session.media_id
        if not isinstance(media_id, str) or not media_id:
            raise transfer.unreadable("the API did not return a media_id")
        url, headers = transfer.url(session.upload_path), transfer.checked(check_headers, session.headers)
        self._expires(session.expires_at)
        failure: OrbitServerError | None = None
        try:
            self._send(url, headers, _Piece(file, span, is_last=True), span.length)
        except OrbitServerError as error:
            failure = error
        if failure is not None:
            # If an earlier attempt succeeded but its response was lost, the storage server rejects the retry.
            media = self._arrived(media_id, polls=1) if self._sent == span.length else None
            if media is None:
                raise failure
            return media
        return self._verified(transfer.call(get_media.build(media_id, acting_user_id=self._acting_user_id)))

    def in_parts(self, pieces: _Sections | _Stream) -> MediaFile:
        """Upload the file in parts, one request for each."""
        transfer = self._transfer
        name = self._name or name_for(self._mime_type)
        body = InitMultipartUploadBody(mime_type=self._mime_type, filename=name)
        session = transfer.call(init_multipart_upload.build(body=body, acting_user_id=self._acting_user_id))
        part_size, targets = self._targets(session)
        if pieces.size is not None:
            check_size(pieces.size, session.max_size)
            targets = targets[: len(part_spans(pieces.size, part_size, len(targets)))]
        self._expires(session.expires_at)
        for number, (url, headers) in enumerate(targets, 1):
            piece = pieces.take(part_size)
            check_size(self._sent + piece.span.length, session.max_size)
            self._send(url, headers, piece, pieces.size)
            if piece.is_last:
                break
            if number == len(targets):
                raise ValueError(f"file is too large: the API accepts at most {part_size * len(targets):,} bytes.")
        return self._complete(session)

    def _targets(self, session: MultipartSession) -> tuple[int, list[tuple[SignedUrl, HeaderPairs]]]:
        """The size of the parts in bytes, and the URL and headers of each part, in order."""
        transfer = self._transfer
        transfer.checked(check_method, session.method)
        part_size, parts = size_of(session.part_size), session.parts or []
        numbers = [part.part_number for part in parts]
        is_numbered = numbers in ([None] * len(parts), [*range(1, len(parts) + 1)])
        if not part_size or not 0 < len(parts) <= MAX_PARTS or not is_numbered:
            raise transfer.unreadable("the API did not return valid parts and their size")
        return part_size, [
            (transfer.url(part.upload_path), transfer.checked(check_headers, part.headers)) for part in parts
        ]

    def _complete(self, session: MultipartSession) -> MediaFile:
        transfer = self._transfer
        body = CompleteMultipartUploadBody(session_id=session.session_id, mime_type=self._mime_type, size=self._sent)
        failure: OrbitServerError | None = None
        try:
            media = transfer.call(complete_multipart_upload.build(body=body, acting_user_id=self._acting_user_id))
        except AMBIGUOUS as error:
            failure = error
        else:
            return self._verified(media)
        # Completing an upload must not be repeated, but the media's status shows whether it succeeded.
        found = self._arrived(session.media_id, polls=transfer.max_retries + 1)
        if found is None:
            raise failure
        return found

    def _send(self, url: SignedUrl, headers: HeaderPairs, piece: _Piece, total: int | None) -> None:
        bodies: list[_Body] = []

        def new_body() -> _Body:
            bodies.append(_Body(piece, self._digest, self._report, self._sent, total))
            return bodies[-1]

        try:
            self._transfer.put(url, headers, new_body)
        finally:
            # All attempts send the same bytes. Use the hash from an attempt that sent all of them.
            for body in bodies:
                if not body.left:
                    self._digest = body.digest
                    self._sent += body.length
                    break

    def _arrived(self, media_id: object, polls: int) -> MediaFile | None:
        """Get the media after an ambiguous failure.

        None if the API has not received the bytes, or if that is unknown.
        """
        if not isinstance(media_id, str) or not media_id:
            return None
        clock = self._transfer.clock
        for poll in range(1, polls + 1):
            try:
                media = self._transfer.call(get_media.build(media_id, acting_user_id=self._acting_user_id))
            except OrbitServerError:
                return None
            if media.status not in (None, _PENDING):
                return self._verified(media)
            if poll < polls:
                clock.sleep(backoff(poll, clock.random()))
        return None

    def _verified(self, media: MediaFile) -> MediaFile:
        size, checksum = size_of(media.size), sha256_of(media.checksum)
        if size not in (None, self._sent) or checksum not in (None, self._digest.hexdigest()):
            raise CorruptTransferError(
                f"The media file {media.id} is not what was uploaded: its size or SHA-256 differs. Upload it again.",
                operation=operations.GET_MEDIA.id,
            )
        return media

    def _expires(self, instant: object) -> None:
        self._transfer.hint = "" if instant is None else f" The upload session expires at {instant}."
