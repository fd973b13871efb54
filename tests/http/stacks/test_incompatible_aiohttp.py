"""Versions of aiohttp whose internals differ from those that the SDK uses."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiohttp.base_protocol import BaseProtocol
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_writer import StreamWriter

from orbitconnect._http.over_aiohttp import private_aiohttp

RENAMED = [
    (aiohttp.BaseConnector, "_release"),
    (aiohttp.ClientRequest, "send"),
    (aiohttp.ClientRequest, "write_bytes"),
    (aiohttp.ClientResponse, "start"),
    (BaseProtocol, "writing_paused"),
    (ResponseHandler, "abort"),
    (ResponseHandler, "closed"),
    (ResponseHandler, "data_received"),
    (ResponseHandler, "force_close"),
    (ResponseHandler, "set_response_params"),
    (ResponseHandler, "should_close"),
]


def test_the_installed_version_is_compatible() -> None:
    private_aiohttp.check()


@pytest.mark.parametrize(("owner", "name"), RENAMED, ids=lambda part: getattr(part, "__name__", part))
def test_a_renamed_part_is_reported(owner: type, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(owner, name)
    with pytest.raises(ImportError, match=r"aiohttp \d.* Install the newest orbitconnect, or an older aiohttp"):
        private_aiohttp.check()


class LaterWriter(StreamWriter):
    """Writes the head in a later step."""

    def set_eof(self) -> None:
        """Write nothing yet."""


class OtherWriter(StreamWriter):
    """Writes the head elsewhere."""

    @property
    def transport(self) -> Any:
        return None

    def _write(self, chunk: Any) -> None:
        pass


async def write_bytes(self: Any, writer: Any, conn: Any) -> None:
    """An older signature."""


def response_params(self: Any, *, skip_payload: bool = False, read_until_eof: bool = False) -> None:
    """Lacks options."""


def init(self: Any, *, limit: int = 100) -> None:
    """Creates protocols in another way."""


CHANGED = [
    ("aiohttp.client_reqrep.StreamWriter", LaterWriter),
    ("aiohttp.client_reqrep.StreamWriter", OtherWriter),
    ("aiohttp.ClientRequest.write_bytes", write_bytes),
    ("aiohttp.client_proto.ResponseHandler.set_response_params", response_params),
    ("aiohttp.BaseConnector.__init__", init),
]


@pytest.mark.parametrize(("target", "replacement"), CHANGED)
def test_a_changed_part_is_reported(target: str, replacement: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, replacement)
    with pytest.raises(ImportError, match="its internals have changed"):
        private_aiohttp.check()
