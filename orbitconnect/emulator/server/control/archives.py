"""The endpoints that export the state to a file, and load it from a file."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import IO, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ...controls import ControlledEmulator
from ..bodies import read_body
from .fields import ControlError
from .replies import PRIVATE, Endpoint, json_reply

MAX_ARCHIVE: Final = 8 * 1024**3
_CHUNK: Final = 256 * 1024


def export_endpoint(emulator: ControlledEmulator) -> Endpoint:
    """Create the endpoint that sends the state as a ZIP archive."""

    def export() -> IO[bytes]:
        with tempfile.TemporaryDirectory(prefix="orbit-emulator-") as folder:
            path = Path(folder, "emulator.zip")
            emulator.export(path)
            file = tempfile.TemporaryFile(prefix="orbit-emulator-")  # noqa: SIM115  # The response closes it.
            with path.open("rb") as source:
                shutil.copyfileobj(source, file, _CHUNK)
            return file

    async def endpoint(request: Request) -> Response:
        return _FileResponse(await asyncio.to_thread(export))

    return endpoint


def load_endpoint(emulator: ControlledEmulator) -> Endpoint:
    """Create the endpoint that replaces the state with an exported one."""

    def load(chunks: Iterator[bytes]) -> None:
        with tempfile.TemporaryDirectory(prefix="orbit-emulator-") as folder:
            path = Path(folder, "emulator.zip")
            with path.open("wb") as file:
                for chunk in chunks:
                    file.write(chunk)
            try:
                emulator.load(path)
            except ValueError as error:
                # The caller does not know the temporary file's name.
                message = str(error).replace(str(path), "The body")
                raise ControlError(422, "validation_failed", message) from None

    async def endpoint(request: Request) -> Response:
        with await read_body(request.receive, request.headers, MAX_ARCHIVE) as body:
            await asyncio.to_thread(load, body.chunks())
        return json_reply(200, {"now": emulator.clock.now().isoformat()})

    return endpoint


class _FileResponse(StreamingResponse):
    """Sends an open file and closes it, even if the client disconnects."""

    def __init__(self, file: IO[bytes]) -> None:
        headers = {
            **PRIVATE,
            "content-length": str(file.tell()),
            "content-disposition": 'attachment; filename="emulator.zip"',
        }
        super().__init__(_chunks(file), media_type="application/zip", headers=headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


async def _chunks(file: IO[bytes]) -> AsyncGenerator[bytes]:
    file.seek(0)
    while chunk := await asyncio.to_thread(file.read, _CHUNK):
        yield chunk
