"""Fine-tuning of listening on what the tokenizer really emits."""
