"""Sound to integers and back: training of the tokenizer's networks and what a run of it leaves."""
