"""The language model's tokens: specials, phones (ARPAbet with stress, silence and marks), letters, then the units."""

VOWELS = tuple("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
CONSONANTS = tuple("B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split())
SILENCE, SPACE = "_", " "
MARKS = tuple(",.?!;:")

SPECIALS = ("<pad>", "<eos>", "<go>", "<tts>", "<asr>", "<cont>", "<g2p>", "<p2g>")
PHONES = (SILENCE, SPACE, *MARKS, *CONSONANTS, *(vowel + stress for vowel in VOWELS for stress in "012"))
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz' ,.?!;:-")

PAD, END, GO, SPEAK, LISTEN, BABBLE, SAY_AS, SPELL = range(len(SPECIALS))
FIRST_PHONE = len(SPECIALS)
FIRST_LETTER = FIRST_PHONE + len(PHONES)
FIRST_UNIT = FIRST_LETTER + len(LETTERS)
FIRST_SOUND = FIRST_PHONE + 2 + len(MARKS)  # phones that are heard: no silence, space or mark

PHONE_IDS = {phone: FIRST_PHONE + i for i, phone in enumerate(PHONES)}
LETTER_IDS = {letter: FIRST_LETTER + i for i, letter in enumerate(LETTERS)}
SOUNDS = (*CONSONANTS, *VOWELS)  # without stress
DELAY_FRAMES = 3  # a phone is due so long after its last unit


def letters(text: str) -> list[int]:
    """Ids of the letters that the vocabulary has; all others are passed over."""
    return [LETTER_IDS[letter] for letter in text.lower() if letter in LETTER_IDS]


def bare(phones: list[str]) -> list[str]:
    """Without stress, silences and marks."""
    return [phone.rstrip("012") for phone in phones if phone[0].isalpha()]
