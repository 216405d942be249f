"""The model's own takes of the texts it learnt from, the clearest of each kept."""
