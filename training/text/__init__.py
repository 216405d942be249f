"""English text to phones, and phones to the teacher's symbols. No speech is known here."""
