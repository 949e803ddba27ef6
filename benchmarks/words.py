"""The language the made-up conversations are written in: Zipf-like words, Chinese, code, and words of known frequency."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

# Words that stand in no vocabulary, each put into this share of all messages: the search is measured with them.
PROBES = {"refactor": 0.44, "timeout": 0.10, "migration": 0.01, "quaternion": 0.00026, "zymurgy": 0.000007}

COMMON_WORDS = 3_000
TAIL_WORDS = 60_000
SENTENCES = 6_000
CHINESE_SENTENCES = 1_500
CHINESE_WORDS = 2_400
CODE_BLOCKS = 500

ONSETS = [*"bcdfghjklmnprstvw", "br", "cr", "dr", "fl", "gr", "pl", "pr", "sh", "sl", "st", "th", "tr"]
VOWELS = [*"aeiou", "ai", "ea", "ee", "ou"]
CODAS = ["", "", "", "n", "r", "s", "t", "l", "m", "nd", "ng", "st", "ck"]
CHINESE_FROM, CHINESE_COUNT = 0x4E00, 1_800


@dataclass
class Language:
    """The words and sentences of one seed; making messages is a matter of choosing among them."""

    rng: random.Random
    common: list[str] = field(init=False)
    tail: list[str] = field(init=False)
    sentences: list[str] = field(init=False)
    chinese: list[str] = field(init=False)
    code: list[str] = field(init=False)

    def __post_init__(self) -> None:
        made = self._new_words(COMMON_WORDS + TAIL_WORDS)
        self.common, self.tail = made[:COMMON_WORDS], made[COMMON_WORDS:]
        weights = list(itertools.accumulate(1 / rank for rank in range(1, COMMON_WORDS + 1)))
        self.sentences = [self._sentence(weights) for _ in range(SENTENCES)]
        self.chinese = self._chinese_sentences()
        self.code = [self._code(weights) for _ in range(CODE_BLOCKS)]

    def text(self, length: int) -> str:
        """English of about *length* characters, with a word or two that are rare, and the probes by their shares."""
        choose, size, pieces = self.rng.choice, 0, []
        while size < length:
            pieces.append(choose(self.sentences))
            size += len(pieces[-1]) + 1
        pieces[-1] = f"{pieces[-1][:-1]} {choose(self.tail)}."
        chance = self.rng.random
        pieces += [f"So {probe}." for probe, share in PROBES.items() if chance() < share]
        return " ".join(pieces)

    def chinese_text(self, length: int) -> str:
        """Chinese of about *length* characters."""
        size, pieces = 0, []
        while size < length:
            pieces.append(self.rng.choice(self.chinese))
            size += len(pieces[-1])
        return "".join(pieces)

    def with_code(self, text: str) -> str:
        """The text with a block of code under it."""
        return f"{text}\n\n```python\n{self.rng.choice(self.code)}\n```\n"

    def _new_words(self, count: int) -> list[str]:
        """So many different pronounceable words."""
        made: dict[str, None] = {}
        choose = self.rng.choice
        while len(made) < count:
            syllables = self.rng.choices((1, 2, 3), (2, 5, 3))[0]
            word = "".join(choose(ONSETS) + choose(VOWELS) for _ in range(syllables)) + choose(CODAS)
            if word not in PROBES:
                made[word] = None
        return list(made)

    def _sentence(self, weights: list[float]) -> str:
        """Six to eighteen words, the first of them likelier by Zipf's law."""
        chosen = self.rng.choices(self.common, cum_weights=weights, k=self.rng.randint(6, 18))
        return " ".join(chosen).capitalize() + "."

    def _chinese_sentences(self) -> list[str]:
        """Sentences of words of one to three characters, both by Zipf's law."""
        characters = [chr(CHINESE_FROM + number) for number in self.rng.sample(range(0x9FA5 - CHINESE_FROM), CHINESE_COUNT)]
        by_rank = list(itertools.accumulate(1 / rank for rank in range(1, CHINESE_COUNT + 1)))
        words = ["".join(self.rng.choices(characters, cum_weights=by_rank, k=self.rng.choices((1, 2, 3), (2, 6, 2))[0])) for _ in range(CHINESE_WORDS)]
        weights = list(itertools.accumulate(1 / rank for rank in range(1, CHINESE_WORDS + 1)))
        return [
            "".join(self.rng.choices(words, cum_weights=weights, k=self.rng.randint(5, 14))) + self.rng.choice("。。，？") for _ in range(CHINESE_SENTENCES)
        ]

    def _code(self, weights: list[float]) -> str:
        """A function of a few lines whose names are words."""
        names = iter(self.rng.choices(self.common, cum_weights=weights, k=40))
        body = [f"    {next(names)} = {next(names)}({next(names)}, {self.rng.randint(0, 999)})" for _ in range(self.rng.randint(3, 9))]
        return "\n".join([f"def {next(names)}_{next(names)}({next(names)}):", *body, f"    return {next(names)}"])
