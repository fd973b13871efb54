"""The parts of uploads and downloads that the sync and async clients share.

plan            parts, ranges, file names and media types; no I/O
signed_url      checks on signed URLs before they are used; no I/O
failures        converts the outcome of a transfer to an error; no I/O
upload_facts    reads the file name and media type from an object that contains a file; no I/O
upload_source   reads the bytes of an upload
upload_chunks   reads sources that can be read only once
download_sink   writes the bytes of a download
part_file       opens partial files safely
progress_bar    shows the progress bar

Nothing here sends a request or imports an HTTP library: see `orbitconnect._async.transfers.uploads` and `.downloads`.
"""
