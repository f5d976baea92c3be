"""command: what the command line is made of: its options, their completion, and where its reports go."""
