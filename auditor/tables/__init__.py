"""tables: the tables of a document, read by code: places, cells, columns, numbers, and what they get wrong themselves.

`grid` finds tables and their cells, `table` understands them, `checks` judges them by themselves. Nothing here knows of
claims or of what a model read.
"""
