"""The iterators over lists that the API returns in pages: they send the requests.

`orbitconnect._paging` decides which page comes next, without I/O.
"""
