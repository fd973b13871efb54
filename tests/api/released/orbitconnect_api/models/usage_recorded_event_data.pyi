from ..types import Field, Model
from .usage_event import UsageEvent
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class UsageRecordedEventData(Model):
    usage_event: UsageEvent
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
