"""The HTTP stack of the extra `[fast]`, for asyncio: an adapter over aiohttp.

All code that uses aiohttp, yarl or multidict belongs here. The connections follow the same rules as with httpx.
"""
