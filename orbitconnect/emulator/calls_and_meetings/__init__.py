"""What calls and meetings share: the operations on recordings, and the metrics.

`calls` and `meetings` import nothing from here. Code that concerns only calls or only meetings is in their own
packages; how a recording starts, stops and becomes a file is in `media`.
"""

from . import metrics, recordings

__all__ = ["metrics", "recordings"]
