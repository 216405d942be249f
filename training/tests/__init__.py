"""`pytest training` from the repository's root: every stage for a few steps on tiny sizes, with real parts only."""
