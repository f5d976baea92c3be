"""auditor: does what a document concludes follow from the values that it states?

    Document ──► Extraction ──► grounding ──► Facts ──► Judgements ──► Report ──► a format
     (text)      a model or      quotes to     one table  kinds lower    verdicts,   table, json, …
                 a recording     spans, and    of values  claims to      reasons,
                                 numbers                  expressions    coverage

A language model reads and never judges; everything after the extraction is exact,
deterministic and offline, and takes the extraction for hostile input.
"""

from __future__ import annotations

__version__ = "0.1.0"
