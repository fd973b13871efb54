"""The model AddCallIceCandidateBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class AddCallIceCandidateBody(RequestModel):
    """The ICE candidate.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        candidate: The candidate, as one SDP candidate line. The vendor documents the field; its format is inferred. The
            vendor documents this property.
    """

    candidate: str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("candidate", "candidate", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.candidate = src_dict.get("candidate", UNSET)
        self._raw = src_dict
        return self
