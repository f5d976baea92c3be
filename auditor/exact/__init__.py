"""exact: pure mathematics over exact numbers; no documents, no input or output, no floats."""
