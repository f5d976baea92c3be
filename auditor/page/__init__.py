"""page: the parts of an HTML report: the marked text, the cards of its claims, drawings and tables."""
