"""files: names, folders and writing; nothing here knows what is in a file."""
