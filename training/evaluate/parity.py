"""Whether the engines agree: the known answer on each, and one take drawn by the reference and by each other engine."""

from dataclasses import dataclass

from training.evaluate.converge import Converge

TEXT = "The quick brown fox jumps over the lazy dog."
TEMPERATURE, SEED = 0.7, 5


@dataclass(frozen=True)
class Engine:
    """right: known tokens as stored; largest_error: of a token's chance; same: units of a drawn take equal the reference's"""

    name: str
    right: int
    tokens: int
    largest_error: float
    same: float


def engines(converge: Converge, voice: str) -> tuple[list[Engine], list[str]]:
    """-> those that run here, and a line on each that does not"""
    report = converge.run("doctor")
    found, absent = [], [f"{other['engine']}: {other['reason']}" for other in report.get("absent", [])]
    wanted = drawn(converge, voice, "ort")
    for engine in report["engines"]:
        if "error" in engine:
            absent.append(f"{engine['engine']}: {engine['error']['message']}")
            continue
        name = engine["engine"]
        units = drawn(converge, voice, name)
        same = sum(a == b for a, b in zip(units, wanted, strict=False)) / max(len(units), len(wanted))
        found.append(Engine(name, engine["tokensRight"], engine["tokens"], engine["largestError"], same))
    return found, absent


def drawn(converge: Converge, voice: str, engine: str) -> list[int]:
    return converge.say(TEXT, voice, TEMPERATURE, SEED, engine)[0]["takes"][0]["units"]
