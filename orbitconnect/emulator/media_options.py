"""How the emulator deals with files."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen, validators

from orbitconnect_api.types import SafeRepr

_MIB: Final = 1024 * 1024
_SECOND: Final = 1_000_000
_LONGEST: Final = 366 * 24 * 3600


@frozen(kw_only=True, repr=False)
class MediaOptions(SafeRepr):
    """What can be set for uploads and for processing; the defaults suit most tests."""

    absolute_upload_paths: bool = False
    """Whether an `upload_path` names the API's origin too. Real ones can be relative or absolute."""
    max_upload_size: int = field(default=100 * _MIB, validator=validators.ge(1))
    """The largest file that is uploaded as a whole, in bytes."""
    part_size: int = field(default=8 * _MIB, validator=validators.ge(1))
    """The size of the parts of a large file, in bytes."""
    max_parts: int = field(default=64, validator=[validators.ge(1), validators.le(10_000)])
    """The most parts of a large file."""
    processing_seconds: float = field(default=5.0, validator=[validators.ge(0), validators.le(_LONGEST)])
    """How long the processing of a file or a recording takes, by the emulator's clock."""
    url_seconds: float = field(default=3600.0, validator=[validators.ge(1), validators.le(_LONGEST)])
    """How long a URL works to which a file is sent, or from which it is fetched, by the emulator's clock. Those of the
    parts of a large file work twelve times as long."""

    @property
    def processing_time(self) -> int:
        """The same in microseconds."""
        return round(self.processing_seconds * _SECOND)

    @property
    def url_time(self) -> int:
        """The same of the URLs."""
        return round(self.url_seconds * _SECOND)
