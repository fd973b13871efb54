"""The HTTP stack of the extra `[fast]`, for asyncio: an adapter over aiohttp.

Everything that knows aiohttp, yarl or multidict belongs here. The connections follow the rules of `orbitconnect._http`.
"""
