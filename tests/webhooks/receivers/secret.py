"""The secret and the body limit that `wsgi_app` and `asgi_app` use."""

SECRET = "whsec_of_the_tests"
LIMIT = 100_000
