"""rst: reStructuredText as Markdown, every character at its place in the source.

Lines are read here because places matter: docutils knows a paragraph's line at best, and nothing of what stands where
in it. What is not recognized is text.
"""
