"""One report on a set of models, as it ships: measured through the command line, judged by outside tools where they are there."""
