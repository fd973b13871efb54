"""How good the connection of a call was."""

from __future__ import annotations

from orbitconnect_api import operations
from orbitconnect_api.models.call_metrics import CallMetrics
from orbitconnect_api.models.submit_call_metrics_body import SubmitCallMetricsBody

from ..context import RequestContext
from ..model_fields import nulls
from ..registry import handles
from .measurements import keep_measurement, measurements_of
from .rows import own_call


@handles(operations.SUBMIT_CALL_METRICS)
def submit_metrics(context: RequestContext, call_id: str) -> CallMetrics:
    """Keeps a measurement of the acting user's side."""
    own_call(context, call_id)
    measured = keep_measurement(context, call_id, SubmitCallMetricsBody.from_dict(context.body))
    return CallMetrics(**measured, call_id=call_id, _raw=nulls(CallMetrics))


@handles(operations.GET_CALL_METRICS)
def get_metrics(context: RequestContext, call_id: str) -> list[CallMetrics]:
    """The measurements of both sides."""
    own_call(context, call_id)
    return [
        CallMetrics(**measured, call_id=call_id, _raw=nulls(CallMetrics))
        for measured in measurements_of(context, call_id)
    ]
