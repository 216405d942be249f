"""The networks, defined for export: plain PyTorch, float32, no training code, no file access."""
