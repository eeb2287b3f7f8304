"""Right-to-left text as a terminal needs it: marked, shaped and put in visual order, or as it is.

Everything here is about one text on one line; `cells` hands in texts that hold no marks yet. How it
is done is loaded where there is such a text.
"""

from enum import StrEnum

from massar_cli.rtl_letters import Base, base_of, has_rtl


class Rtl(StrEnum):
    """What is done with right-to-left text."""

    TERMINAL = "terminal"
    """Logical order, each text kept apart: the terminal puts the letters in their places."""
    SHAPE = "shape"
    """Shaped letters in visual order: the terminal prints one after the other."""
    WORDS = "words"
    """Words in visual order, each as it is read: the terminal shapes and turns each by itself."""
    OFF = "off"
    """As it came."""

    @property
    def is_visual(self) -> bool:
        """Whether texts come in the order in which they stand, so that lines begin at the right."""
        return self in (Rtl.SHAPE, Rtl.WORDS)


def arranged(text: str, mode: Rtl, base: Base | None = None) -> str:
    r"""Return one text as it is printed; `base` is that of the whole, if this is a part of it.

    >>> ascii(arranged("\u0623\u0628", Rtl.TERMINAL))
    "'\\u200e\\u202b\\u0623\\u0628\\u202c\\u200e'"
    >>> arranged("15,50", Rtl.TERMINAL), arranged("ab", Rtl.SHAPE)
    ('15,50', 'ab')
    """
    if mode is Rtl.OFF or not (has_rtl(text) or base == "R"):
        return text
    base = base or base_of(text)
    if mode.is_visual:
        from massar_cli.visual_order import in_visual_order

        return in_visual_order(text, base, is_shaped=mode is Rtl.SHAPE)
    from massar_cli.rtl_marks import apart

    return apart(text, base)
