"""The API's host, as errors, logs and observers name it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from orbitconnect_api import operations

API_HOST: Final = urlsplit(operations.BASE_URL).netloc
