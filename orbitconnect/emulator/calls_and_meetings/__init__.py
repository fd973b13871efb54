"""What calls and meetings share: the operations on recordings, and the metrics.

`calls` and `meetings` import nothing from here. Code that concerns only calls is in `calls`, and code that concerns
only meetings is in `meetings`. The code that starts and stops recordings and turns them into files is in `media`.
"""

from . import metrics, recordings

__all__ = ["metrics", "recordings"]
