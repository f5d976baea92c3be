"""guards: does what was read agree with the words it was read from?

The model may misread; a misreading must not become a contradiction. Each guard compares
one side of a reading (direction, names, levels, quantifier, polarity) with the words of
the passage, and says in a sentence what does not fit; what was read is then in doubt. A
guard that finds no word to go by is silent.
"""
