from ..types import Field, Model
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

class MeetingMetrics(Model):
    id: str | None
    meeting_id: str | None
    app_user_id: str | None
    bitrate: float | None
    packet_loss: float | None
    jitter: float | None
    rtt: float | None
    created_at: datetime | None
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
