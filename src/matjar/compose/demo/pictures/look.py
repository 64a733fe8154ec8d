"""What a drawing is told: the colours of the goods and the name on them."""

import msgspec


class Look(msgspec.Struct, frozen=True):
    """``colours`` are the goods' own, the first before all; ``brand`` is lettered on packs."""

    colours: tuple[str, ...]
    brand: str
    trim: str
    """The brand's own dark tone, for caps and lettering, where the goods name no second colour."""

    @property
    def main(self) -> str:
        """The colour that one would call the goods by."""
        return self.colours[0]

    @property
    def second(self) -> str:
        """The colour beside it."""
        return self.colours[1] if len(self.colours) > 1 else self.trim
