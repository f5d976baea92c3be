"""mistake: what is wrong with the value of a setting."""

from __future__ import annotations


class Mistake(ValueError):
    """What is wrong with a value, as the end of a sentence, with what to do next."""

    def __init__(self, message: str, hint: str, key: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.key = key
        """The key inside of a table that is wrong; None for the setting itself."""
