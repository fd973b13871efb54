"""A Celery application with a client that was used before the pool's processes were forked."""

from __future__ import annotations

import os
import time
from typing import Any

from celery import Celery

from orbitconnect import NotFoundError, OrbitServer
from tests.base_url import set_base_url

set_base_url(os.environ["LIFECYCLE_URL"])
orbit = OrbitServer("sk_test_lifecycle")
folder = os.environ["LIFECYCLE_FOLDER"]

app = Celery("lifecycle", broker="filesystem://", backend=f"file://{folder}")
app.conf.update(
    broker_transport_options={
        "data_folder_in": f"{folder}/queue",
        "data_folder_out": f"{folder}/queue",
        "control_folder": f"{folder}/control",
    },
    broker_connection_retry_on_startup=True,
    result_serializer="pickle",
    result_accept_content=["pickle"],
    worker_prefetch_multiplier=1,
    task_acks_late=True,
)


def where() -> tuple[int, str, str]:
    user = orbit.users.get("usr_1")
    return os.getpid(), str(user.id), str(user.display_name)


AT_THE_START = where()


@app.task
def ask() -> tuple[Any, ...]:
    # Long enough for the pool's other process to take the next task.
    found = where()
    time.sleep(0.3)
    return AT_THE_START, found


@app.task
def fail() -> None:
    raise NotFoundError(
        "Nobody",
        status=404,
        code="resource_not_found",
        request_id="req_1",
        headers={"x": "y"},
        operation="fail",
        attempts=2,
    )
