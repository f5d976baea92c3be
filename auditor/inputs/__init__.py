"""inputs: what is named on the command line, as a sequence of documents to be.

The sequence is ordered and lazy, so that a data set of any length is never held as a whole.
"""
