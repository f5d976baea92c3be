"""lookup: from the selectors of a claim to what is said of the rows that they name."""
