"""parts: a long document, read in parts, and what was read put together."""
