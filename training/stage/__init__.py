"""What every training stage shares: typed configs, records, checkpoints, clean stops, the loop, several processes."""
