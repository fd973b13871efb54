"""All benchmarks: `python -m benchmarks`."""

import subprocess
import sys

for module in (
    "benchmarks.call",
    "benchmarks.decode",
    "benchmarks.imports",
    "benchmarks.emulator",
    "benchmarks.emulator_server",
    "benchmarks.durability",
):
    # Each in a process of its own: the first one points the SDK at a loopback server.
    subprocess.run([sys.executable, "-m", module], check=True)
