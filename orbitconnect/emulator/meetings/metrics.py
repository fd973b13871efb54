"""How good the connections of a meeting were."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.meeting_metrics import MeetingMetrics
from orbitconnect_api.models.submit_meeting_metrics_body import SubmitMeetingMetricsBody

from ..calls.measurements import keep_measurement, measurements_of
from ..context import RequestContext
from ..model_fields import nulls
from ..registry import handles
from .rows import own_meeting


@handles(operations.SUBMIT_MEETING_METRICS)
def submit_metrics(context: RequestContext, meeting_id: str) -> MeetingMetrics:
    """Keeps a measurement of the acting user's side."""
    own_meeting(context, meeting_id)
    measured = keep_measurement(context, meeting_id, SubmitMeetingMetricsBody.from_dict(context.body))
    return MeetingMetrics(**measured, meeting_id=meeting_id, _raw=nulls(MeetingMetrics))


@handles(operations.GET_MEETING_METRICS)
def get_metrics(context: RequestContext, meeting_id: str) -> list[MeetingMetrics]:
    """The measurements of all participants."""
    own_meeting(context, meeting_id)
    return [
        MeetingMetrics(**measured, meeting_id=meeting_id, _raw=nulls(MeetingMetrics))
        for measured in measurements_of(context, meeting_id)
    ]
