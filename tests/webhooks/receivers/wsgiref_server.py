"""The development servers of Python and Django. Neither of them decodes chunked bodies."""

from __future__ import annotations

import sys
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer as PlainServer
from wsgiref.simple_server import make_server

from tests.webhooks.receivers.wsgi_app import app

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer  # isort: skip - it takes the settings


class Threaded(ThreadingMixIn, PlainServer):
    daemon_threads = True


def main() -> None:
    server: Any
    if sys.argv[1:] == ["django"]:
        server = type("Server", (ThreadingMixIn, WSGIServer), {"daemon_threads": True})(
            ("127.0.0.1", 0), WSGIRequestHandler
        )
        server.set_app(app)
    else:
        server = make_server("127.0.0.1", 0, app, Threaded)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
