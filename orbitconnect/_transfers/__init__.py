"""Files on their way to and from signed URLs: what `orbitconnect._async.transfers.uploads` and `.downloads` build on.

plan            parts, ranges, names and types; pure
signed_url      what is checked before a URL is used; pure
failures        an outcome → the error; pure
http            the edge to httpx
upload_facts    the name and the type that an object has for its file; pure
upload_source   where an upload's bytes come from
upload_chunks   reads what can be read only once
download_sink   where a download's bytes gather
part_file       opens these files, and refuses what others put at their place
blocking        work on files that an event loop must not wait for
progress_bar    what is shown meanwhile
"""
