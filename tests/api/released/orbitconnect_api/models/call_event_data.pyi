from ..types import Field, Model
from .call import Call
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class CallEventData(Model):
    call: Call
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
