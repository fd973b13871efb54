"""Uploads and downloads without the requests: what `orbitconnect._async.transfers` builds on.

plan            parts, ranges, names and types; pure
signed_url      checks of signed URLs; pure
failures        the errors of transfers; pure
upload_facts    the name and type that an object gives for its file; pure
upload_source   the sources of an upload's bytes
upload_chunks   reads streams that can be read only once
download_sink   the destinations of a download's bytes
part_file       opens a download's files safely
blocking        file operations outside the event loop
progress_bar    progress on the terminal
"""
