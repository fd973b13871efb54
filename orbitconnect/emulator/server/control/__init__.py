"""The server's control API, below `/_emulator/`, which tests in other languages use instead of Python methods.

`app` has the routes, and `actions` has a function for each request. `fields` reads the requests. `faults` and
`deliveries` convert to and from JSON. `ControlledEmulator` decides what the actions do: this package contains none of
the emulator's behavior.
"""
