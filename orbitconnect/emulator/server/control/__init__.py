"""The control API of the server, below `/_emulator/`: what tests in other languages use instead of Python methods.

`app` has the routes, `actions` what each request does, `fields` reads the requests, `faults` and `deliveries` translate
to and from JSON. What the actions do is decided in `ControlledEmulator`: no behaviour of the emulator lives here.
"""
