"""acceptance: which judgements count: those that a project has neither accepted, nor suppressed, nor left out."""
