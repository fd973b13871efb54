"""The paging logic: which page to request next. Nothing here sends a request.

    walk          the interface and checks shared by all kinds of paging
    by_sequence   a conversation's messages, by `sequence`
    by_change     a conversation's changes, by time
    by_growing    a search, which cannot be continued but only repeated with a higher limit

The iterators that send the requests are in `orbitconnect._async.paging.iterator`.
"""
