"""The version as a constant: asking the installed metadata for it would cost more than the rest of the import."""

from typing import Final

VERSION: Final = "0.1.0"
