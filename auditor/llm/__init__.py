"""llm: where a language model is asked; the only place that loads a client library."""

from __future__ import annotations
