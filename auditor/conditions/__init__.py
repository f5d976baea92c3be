"""conditions: what a claim asks of the cells of a table's rows, and whether its words say so."""
