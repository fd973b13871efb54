"""Import every module before the first test.

Other tests use pytester, which unloads modules that were first imported inside it, and the emulator's modules cannot be
imported twice.
"""

from tests.introspection.public import modules

EVERY_MODULE = tuple(modules())
