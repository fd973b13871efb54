"""What calls and meetings share: the operations on recordings, and the metrics.

`calls` and `meetings` import nothing from here. What concerns one of them only is in its own package; how a recording
starts, stops and becomes a file is in `media`.
"""

from . import metrics, recordings

__all__ = ["metrics", "recordings"]
