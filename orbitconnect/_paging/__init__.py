"""Going through what the API gives in pages. Which page to ask for next is decided here; nothing is sent.

    walk          what all ways through pages have in common
    by_sequence   a conversation's messages, by their place in it
    by_change     a conversation's changes, by their instant
    by_growing    a search, which can only be asked for more of it
    ahead         one page that is fetched while the caller works on the one before

The iterators that send the requests are in `orbitconnect._async.paging.iterator`.
"""
