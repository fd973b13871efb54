from ..types import Field, RequestModel, Unset
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class SubmitCallMetricsBody(RequestModel):
    bitrate: float | Unset
    packet_loss: float | Unset
    jitter: float | Unset
    rtt: float | Unset
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
