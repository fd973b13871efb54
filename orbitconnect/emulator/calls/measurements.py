"""How good a connection was: measurements of calls and of meetings, which are alike."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypedDict

from orbitconnect_api.models.submit_call_metrics_body import SubmitCallMetricsBody
from orbitconnect_api.models.submit_meeting_metrics_body import SubmitMeetingMetricsBody
from orbitconnect_api.types import Unset

from ..clock import from_microseconds
from ..context import RequestContext
from ..refusals import invalid_field
from ..rules import LIMITS
from ..tables.calls import MeasurementRow

_VALUES: Final = ("bitrate", "packet_loss", "jitter", "rtt")


class Measured(TypedDict):
    """What the two models of a measurement have in common."""

    id: str
    app_user_id: str
    bitrate: float | None
    packet_loss: float | None
    jitter: float | None
    rtt: float | None
    created_at: datetime


def keep_measurement(
    context: RequestContext, session_id: str, body: SubmitCallMetricsBody | SubmitMeetingMetricsBody
) -> Measured:
    """Keeps what the acting user has measured. It may come late: devices report once more after hanging up."""
    measurement_id = context.new_id("met")
    context.store.run(
        "INSERT INTO measurements (id, session_id, user_id, bitrate, packet_loss, jitter, rtt, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (measurement_id, session_id, context.actor_id, *(_number(body, name) for name in _VALUES), context.now),
    )
    return _measured(context.store.one(MeasurementRow, "SELECT * FROM measurements WHERE id = ?", (measurement_id,)))


def measurements_of(context: RequestContext, session_id: str) -> list[Measured]:
    """The measurements of a call or a meeting, oldest first."""
    rows = context.store.all(
        MeasurementRow, "SELECT * FROM measurements WHERE session_id = ? ORDER BY n", (session_id,)
    )
    return [_measured(row) for row in rows]


def _number(body: SubmitCallMetricsBody | SubmitMeetingMetricsBody, name: str) -> float | None:
    value: float | Unset = getattr(body, name)
    if isinstance(value, Unset):
        return None
    try:
        return float(value)
    except OverflowError:
        raise invalid_field(body, name, "is too large", rule=LIMITS) from None


def _measured(row: MeasurementRow) -> Measured:
    return Measured(
        id=row.id,
        app_user_id=row.user_id,
        bitrate=row.bitrate,
        packet_loss=row.packet_loss,
        jitter=row.jitter,
        rtt=row.rtt,
        created_at=from_microseconds(row.created_at),
    )
