"""Fuzzes one target with atheris: `python -m tests.fuzz answers tests/fuzz/corpus/answers -max_total_time=300`."""

from __future__ import annotations

import sys
from importlib import import_module

try:
    import atheris
except ImportError:
    raise SystemExit("atheris is not installed. Install it with: pip install atheris==3.0.0") from None

TARGETS = ("answers", "events", "signatures", "wire")
INSTRUMENTED = ["orbitconnect", "orbitconnect_api", "httpcore", "h11", "http", "email", "json"]


def main() -> None:
    """Run the target that the first argument names. The other arguments are libFuzzer's."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        raise SystemExit(f"Name a target: {', '.join(TARGETS)}.")
    with atheris.instrument_imports(include=INSTRUMENTED):
        target = import_module(f"tests.fuzz.{sys.argv[1]}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
