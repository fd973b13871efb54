"""An application for gunicorn, with a client that was used before the workers were forked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from orbitconnect import OrbitServer
from tests.base_url import set_base_url

set_base_url(os.environ["LIFECYCLE_URL"])
orbit = OrbitServer("sk_test_lifecycle")


def ask() -> dict[str, Any]:
    user = orbit.users.get("usr_1")
    return {"pid": os.getpid(), "connection": user.id, "session": user.display_name}


AT_THE_START = ask()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    answer = json.dumps({"master": AT_THE_START, "worker": ask()}).encode()
    start_response("200 OK", [("content-length", str(len(answer)))])
    return [answer]
