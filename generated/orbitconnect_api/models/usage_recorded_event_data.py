"""The model UsageRecordedEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
)
from .usage_event import UsageEvent


@define(eq=False, repr=False, kw_only=True)
class UsageRecordedEventData(Model):
    """The usage that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        usage_event: The usage event.
    """

    usage_event: UsageEvent
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("usage_event", "usage_event", WriteModel(UsageEvent), read_object),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.usage_event = read_model(UsageEvent, get("usage_event"))
        self._raw = src_dict
        return self
