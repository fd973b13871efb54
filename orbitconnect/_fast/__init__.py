"""HTTP stacks that cost less than httpx: adapters over aiohttp and pyreqwest, for the extra `[fast]`."""
