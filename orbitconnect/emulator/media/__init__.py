"""Media files: uploading, processing, serving and access."""
