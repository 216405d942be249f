"""Times for the phones of any recording, as the first teacher's are, by a small network's ear."""
