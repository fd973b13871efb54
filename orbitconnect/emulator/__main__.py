"""`python -m orbitconnect.emulator`: the same as `orbitconnect emulator`."""

import sys

from ..cli import main

sys.exit(main(["emulator", *sys.argv[1:]]))
