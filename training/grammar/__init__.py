"""The streams that the language model reads and writes: its vocabulary, and how an utterance becomes a row of tokens."""
