"""Texts to phones to a teacher's speech, with the times of the phones and the pitch."""
