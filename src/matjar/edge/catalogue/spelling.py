"""Words that were meant: how far two spellings are apart, and what was typed on the other keyboard."""

_KEYS = dict(
    zip("`qwertyuiop[]asdfghjkl;'zxcvnm,./", "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", strict=True),
    b="لا",
)
"""The keys of a keyboard: what they write in English, and in Arabic (Windows 101)."""
_TO_ARABIC = str.maketrans(_KEYS)
_TO_LATIN = str.maketrans({letter: key for key, letter in _KEYS.items() if len(letter) == 1})


def relaid(typed: str) -> str:
    """What would have been typed on the other keyboard by the same keys: ``hgu,]`` is ``العود``, and back."""
    text = typed.casefold()
    return text.translate(_TO_ARABIC) if text.isascii() else text.replace(_KEYS["b"], "b").translate(_TO_LATIN)


def most_edits(word: str) -> int:
    """How many letters may be wrong in a word before it is another one."""
    return 0 if len(word) < 3 else 1 if len(word) < 5 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters missing, too many, wrong or swapped with their neighbour; above ``most``: so many that it is no matter.

    The optimal string alignment (Boytsov 2011, "Indexing methods for approximate dictionary searching", 2.1).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = [0], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = last[column - 1] + (letter != against)
            cost = min(cost, last[column] + 1, line[column - 1] + 1)
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]
