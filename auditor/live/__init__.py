"""live: the documents of a run put to a model: what that will take, how far it is, and what came back."""
