"""Reading responses, starting at the socket: any bytes pass through h11 or `http.client`, and the client's connections.

An input is one byte of choices, followed by the bytes that the server writes.
"""

from __future__ import annotations

from orbitconnect import OrbitServerError
from orbitconnect_api.api.users import create_app_user
from orbitconnect_api.models import AppUser, CreateAppUserBody
from tests.fuzz.clients import FuzzedClient
from tests.properties.json_readers import json_reader_of
from tests.properties.memory_network import MemoryNetwork

_CALL = create_app_user.build(body=CreateAppUserBody(external_id="e", display_name="d"))
_network = MemoryNetwork()


def run(data: bytes) -> None:
    """Run one input."""
    choices = data[0] if data else 0
    _network.answer, _network.step = data[1:], (1, 7, 300, 65_536)[choices >> 2 & 3]
    _network.written.clear()
    stack = "stdlib" if choices & 16 and not choices & 1 else None
    client = FuzzedClient(asynchronous=bool(choices & 1), transport=stack)
    with _network.installed(), json_reader_of(fast=bool(choices & 2)):
        # Call twice, because the first call may leave bytes in a connection that is reused.
        for _ in range(2):
            assert isinstance(client.call(_CALL), (AppUser, OrbitServerError))
        client.close()
    assert _network.written
