"""The servers that foreign clients call: the emulator, and one that responds with values that the contract lacks."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from orbitconnect_api.operations import BASE_URL, RESULT_FIELD

BASE_PATH: Final = urlsplit(BASE_URL).path

UNKNOWN_EVENT: Final[dict[str, Any]] = {
    "id": "evt_1",
    "type": "hologram.landed",
    "created_at": "2026-01-05T09:31:00+00:00",
    "data": {"pad": 7},
}
KNOWN_EVENT: Final[dict[str, Any]] = {
    "id": "evt_2",
    "type": "message.sent",
    "created_at": "2026-01-05T09:31:00+00:00",
    "data": {
        "message_id": "msg_1",
        "conversation_id": "cnv_1",
        "message": {"id": "msg_1", "content": "Hello", "type": "hologram", "new_field": 1},
    },
}
_ODD_CALL: Final = {"id": "odd", "type": "hologram", "status": "teleported", "new_field": {"x": 1}}


@contextmanager
def emulator() -> Iterator[str]:
    """Run the emulator's server during the block, and yield its base URL."""
    command = [sys.executable, "-m", "orbitconnect", "emulator", "--port", "0", "--seed", "1"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            origin = next(word for word in line.split() if word.startswith("http://")).rstrip("/.")
            yield f"{origin}{BASE_PATH}"
        finally:
            process.terminate()
            process.communicate()


@contextmanager
def odd_server() -> Iterator[str]:
    """Answer every request with the same call during the block, and yield the base URL.

    Type and status of the call are not in the contract.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({RESULT_FIELD: _ODD_CALL}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{BASE_PATH}"
        finally:
            server.shutdown()
            thread.join()
