"""One attempt of a call with httpx: the adapter and its pool of connections."""
