"""Speaking tuned to pairs of takes, one understood better than the other."""
