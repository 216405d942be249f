"""The words of a text as they are written, for what is learnt from it and for what is judged by it."""

import re

WORD = re.compile(r"[a-z']+")


def words(text: str) -> list[str]:
    """ "The dog's, the DOG" -> the, dog's, the, dog"""
    return WORD.findall(text.lower().replace("’", "'"))
