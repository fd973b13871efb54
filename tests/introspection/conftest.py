"""Import every module before the first test.

pytester, which other tests use, discards modules that are first imported inside it, and the emulator's modules cannot
be imported twice.
"""

from tests.introspection.public import modules

EVERY_MODULE = tuple(modules())
