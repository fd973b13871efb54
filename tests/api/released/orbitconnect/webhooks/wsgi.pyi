from .chunks import Stream
from collections.abc import Mapping

class _LimitedStream(Stream):
    limit: int

def unannounced_body(environ: Mapping[str, object], limit: int) -> bytes: ...
