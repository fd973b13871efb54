"""Metrics: measurements of call and meeting connections."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from orbitconnect_api import operations
from orbitconnect_api.models.call_metrics import CallMetrics
from orbitconnect_api.models.meeting_metrics import MeetingMetrics
from orbitconnect_api.models.submit_call_metrics_body import SubmitCallMetricsBody
from orbitconnect_api.models.submit_meeting_metrics_body import SubmitMeetingMetricsBody
from orbitconnect_api.types import Unset

from ..calls.rows import own_call
from ..clock import from_microseconds
from ..context import RequestContext
from ..meetings.rows import own_meeting
from ..model_fields import nulls
from ..refusals import invalid_field
from ..registry import handles
from ..rules import LIMITS
from ..tables.calls import MeasurementRow


@handles(operations.SUBMIT_CALL_METRICS)
def submit_call_metrics(context: RequestContext, call_id: str) -> CallMetrics:
    """Store a measurement from the acting user, even after the call: devices send a final report when it ends."""
    own_call(context, call_id)
    return _call_metrics(_add(context, call_id, SubmitCallMetricsBody.from_dict(context.body)))


@handles(operations.GET_CALL_METRICS)
def get_call_metrics(context: RequestContext, call_id: str) -> list[CallMetrics]:
    """List the measurements from both users, oldest first."""
    own_call(context, call_id)
    return [_call_metrics(row) for row in _measurements(context, call_id)]


@handles(operations.SUBMIT_MEETING_METRICS)
def submit_meeting_metrics(context: RequestContext, meeting_id: str) -> MeetingMetrics:
    """Store a measurement from the acting user, even after the meeting: devices send a final report when it ends."""
    own_meeting(context, meeting_id)
    return _meeting_metrics(_add(context, meeting_id, SubmitMeetingMetricsBody.from_dict(context.body)))


@handles(operations.GET_MEETING_METRICS)
def get_meeting_metrics(context: RequestContext, meeting_id: str) -> list[MeetingMetrics]:
    """List the measurements from all participants, oldest first."""
    own_meeting(context, meeting_id)
    return [_meeting_metrics(row) for row in _measurements(context, meeting_id)]


def _add(
    context: RequestContext, session_id: str, body: SubmitCallMetricsBody | SubmitMeetingMetricsBody
) -> MeasurementRow:
    measurement_id = context.new_id("met")
    context.store.run(
        "INSERT INTO measurements (id, session_id, user_id, bitrate, packet_loss, jitter, rtt, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(measurement_id, session_id, context.actor_id),
            _number(body, "bitrate", body.bitrate),
            _number(body, "packet_loss", body.packet_loss),
            _number(body, "jitter", body.jitter),
            _number(body, "rtt", body.rtt),
            context.now,
        ),
    )
    return context.store.one(MeasurementRow, "SELECT * FROM measurements WHERE id = ?", (measurement_id,))


def _measurements(context: RequestContext, session_id: str) -> list[MeasurementRow]:
    return context.store.all(
        MeasurementRow, "SELECT * FROM measurements WHERE session_id = ? ORDER BY n", (session_id,)
    )


def _number(
    body: SubmitCallMetricsBody | SubmitMeetingMetricsBody, attribute: str, value: float | Unset
) -> float | None:
    if isinstance(value, Unset):
        return None
    try:
        return float(value)
    except OverflowError:
        raise invalid_field(body, attribute, "is too large", rule=LIMITS) from None


class _Measured(TypedDict):
    """The fields that both models have."""

    id: str
    app_user_id: str
    bitrate: float | None
    packet_loss: float | None
    jitter: float | None
    rtt: float | None
    created_at: datetime


def _measured(row: MeasurementRow) -> _Measured:
    return _Measured(
        id=row.id,
        app_user_id=row.user_id,
        bitrate=row.bitrate,
        packet_loss=row.packet_loss,
        jitter=row.jitter,
        rtt=row.rtt,
        created_at=from_microseconds(row.created_at),
    )


def _call_metrics(row: MeasurementRow) -> CallMetrics:
    return CallMetrics(**_measured(row), call_id=row.session_id, _raw=nulls(CallMetrics))


def _meeting_metrics(row: MeasurementRow) -> MeetingMetrics:
    return MeetingMetrics(**_measured(row), meeting_id=row.session_id, _raw=nulls(MeetingMetrics))
