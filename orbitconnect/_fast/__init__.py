"""HTTP stacks that cost less than httpx: the adapter over aiohttp, for the extra `[fast]`."""
