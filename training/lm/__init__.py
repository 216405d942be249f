"""The language model's training: rows of all five tasks, and what a run of it leaves."""
