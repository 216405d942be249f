"""Converge's Python side: from trained checkpoints to the files the browser loads, and the figures that judge them."""
