"""facts: the tidy table of grounded values, and what the document's own tables bring to it."""
