"""A corpus through a trained tokenizer: what the language model learns from."""
