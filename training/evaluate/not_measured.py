"""What a report says of a part that could not be filled."""


class NotMeasured(Exception):
    """A part of the report that this machine, or these models, can't fill; the text says why."""
