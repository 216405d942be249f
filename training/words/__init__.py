"""How likely a word is, alone, after another and after two: counts and a large model of news to `public/models/words.gzip`."""
