"""What is done to recordings: other rates, other channels."""
