"""Which terminal this is, told by its environment, and what right-to-left text needs there.

docs/terminals.md is made from the table below.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from massar_cli.rtl import Rtl

AUTO = "auto"
RTL_CHOICES = (AUTO, *Rtl)


class Sureness(StrEnum):
    """How well it is known what a terminal does."""

    SEEN = "seen"
    """Photographed with what this program prints."""
    SURE = "sure"
    """Its own documentation, source or developers say so."""
    LIKELY = "likely"
    """Several people report it."""
    GUESS = "guess"
    """One report, or what its drawing library does."""


class Sign(NamedTuple):
    """A variable of the environment, and what its whole value looks like."""

    variable: str
    pattern: str = r".+"

    def is_in(self, environment: Mapping[str, str]) -> bool:
        """Whether the environment shows this sign."""
        return re.fullmatch(self.pattern, environment.get(self.variable, "")) is not None


class Terminal(NamedTuple):
    """A kind of terminal: any of the signs is enough."""

    name: str
    signs: tuple[Sign, ...]
    rtl: Rtl
    sureness: Sureness
    reason: str


_SEEN, _SURE, _LIKELY, _GUESS = Sureness
HIDDEN = (
    Terminal(
        "tmux, GNU screen",
        (Sign("TMUX"), Sign("STY"), Sign("TERM", r"(?:tmux|screen)\b.*")),
        Rtl.TERMINAL,
        _SURE,
        "They hide which terminal is outside, and the variables may be those of an earlier one.",
    ),
)
"""Looked for first: behind these, no other sign says anything."""
KNOWN_BY_TERM = (
    Terminal(
        "mlterm",
        (Sign("TERM", r"mlterm.*"), Sign("MLTERM")),
        Rtl.TERMINAL,
        _SEEN,
        "Reorders and shapes; the line's direction is that of its first letter, or mark. Lam-alef "
        "is a column narrower than elsewhere, which frames show. Lines break early, by a column "
        "for each mark: where a table is that wide, name fewer columns than the window has "
        "(`COLUMNS=80 massar grades`).",
    ),
    Terminal(
        "kitty",
        (Sign("TERM", r"xterm-kitty"), Sign("KITTY_WINDOW_ID")),
        Rtl.WORDS,
        _SEEN,
        "Shapes and turns each word, but leaves the words where they are. Where `force_ltr yes` "
        "is set in kitty.conf it does neither: then choose `shape`.",
    ),
    Terminal(
        "Alacritty",
        (Sign("TERM", r"alacritty.*"), Sign("ALACRITTY_WINDOW_ID")),
        Rtl.SHAPE,
        _SEEN,
        "Neither reorders nor shapes (alacritty/alacritty#663).",
    ),
    Terminal("foot", (Sign("TERM", r"foot.*"),), Rtl.SHAPE, _SURE, "Neither reorders nor shapes."),
    Terminal(
        "Ghostty",
        (Sign("TERM", r"xterm-ghostty"), Sign("TERM_PROGRAM", r"ghostty")),
        Rtl.SHAPE,
        _SURE,
        "Draws everything from left to right (ghostty-org/ghostty#1442).",
    ),
    Terminal(
        "Contour",
        (Sign("TERM", r"contour.*"), Sign("TERMINAL_NAME", r"contour")),
        Rtl.SHAPE,
        _SURE,
        "Its documentation leaves right-to-left text out.",
    ),
    Terminal(
        "urxvt, st",
        (Sign("TERM", r"(?:rxvt|st)(?:-.*)?"),),
        Rtl.SHAPE,
        _SEEN,
        "One letter a cell, in the order in which they come.",
    ),
    Terminal(
        "Linux console",
        (Sign("TERM", r"linux"),),
        Rtl.SHAPE,
        _LIKELY,
        "One letter a cell. Its fonts seldom have Arabic letters; without them nothing helps.",
    ),
)
"""Told by TERM, which the innermost terminal sets and ssh passes on."""
KNOWN = (
    Terminal(
        "Emacs (vterm, term, eshell)",
        (Sign("INSIDE_EMACS"),),
        Rtl.TERMINAL,
        _SEEN,
        "Emacs reorders and shapes what its buffers show, but its Arabic letters are not as wide "
        "as a column, so that frames are not straight (seen in `ansi-term`): use `--plain` there.",
    ),
    Terminal(
        "Visual Studio Code, Hyper, Tabby",
        (Sign("TERM_PROGRAM", r"vscode|Hyper|Tabby"),),
        Rtl.SHAPE,
        _SEEN,
        "xterm.js draws one letter a cell where it draws by WebGL, as it does there by default. "
        "Without (`terminal.integrated.gpuAcceleration` is off) a browser's rules reorder: then "
        "choose `terminal`.",
    ),
    Terminal(
        "macOS Terminal",
        (Sign("TERM_PROGRAM", r"Apple_Terminal"),),
        Rtl.TERMINAL,
        _LIKELY,
        "Reorders and shapes each line.",
    ),
    Terminal(
        "iTerm2",
        (Sign("TERM_PROGRAM", r"iTerm\.app"), Sign("LC_TERMINAL", r"iTerm2")),
        Rtl.SHAPE,
        _LIKELY,
        "Reorders only where Settings > General > Experimental says so (since 3.5.11; nightly "
        "builds since August 2026 do by default): then choose `terminal`.",
    ),
    Terminal(
        "WezTerm",
        (Sign("TERM_PROGRAM", r"WezTerm"),),
        Rtl.SHAPE,
        _SURE,
        "`bidi_enabled` is off by default; where you set it, choose `terminal`.",
    ),
    Terminal(
        "mintty (Cygwin, MSYS2, Git Bash)",
        (Sign("TERM_PROGRAM", r"mintty"),),
        Rtl.TERMINAL,
        _SURE,
        "Reorders and shapes by default (mintty/mintty#592).",
    ),
    Terminal(
        "Rio", (Sign("TERM_PROGRAM", r"rio"),), Rtl.SHAPE, _GUESS, "Has no code that reorders."
    ),
    Terminal(
        "JetBrains IDEs",
        (Sign("TERMINAL_EMULATOR", r"JetBrains-JediTerm"),),
        Rtl.TERMINAL,
        _GUESS,
        "One user reports that Hebrew reads right; Java reorders what it draws.",
    ),
    Terminal(
        "Konsole, Yakuake",
        (Sign("KONSOLE_VERSION"),),
        Rtl.TERMINAL,
        _SEEN,
        "Reorders and shapes each line by default, from left to right, and takes the signs of "
        "frames for left-to-right. Brackets in Arabic open the wrong way there, whatever is "
        "printed.",
    ),
    Terminal(
        "Windows Terminal",
        (Sign("WT_SESSION"),),
        Rtl.SHAPE,
        _SURE,
        "Draws what comes in the order in which it comes (microsoft/terminal#538, #18659).",
    ),
    Terminal(
        "Termux",
        (Sign("TERMUX_VERSION"),),
        Rtl.SHAPE,
        _LIKELY,
        "Neither reorders nor joins letters (termux/termux-app#920); some fonts do (#296).",
    ),
    Terminal(
        "GNOME Terminal, Xfce Terminal and others with VTE 0.58 or newer",
        (Sign("VTE_VERSION", r"5[89]\d\d|[6-9]\d{3}|\d{5,}"),),
        Rtl.TERMINAL,
        _SEEN,
        "VTE reorders and shapes by default since 0.58, from left to right.",
    ),
    Terminal(
        "those with an older VTE",
        (Sign("VTE_VERSION", r"\d+"),),
        Rtl.SHAPE,
        _SURE,
        "One letter a cell, in the order in which they come.",
    ),
    Terminal(
        "xterm",
        (Sign("XTERM_VERSION"),),
        Rtl.SHAPE,
        _SEEN,
        "One letter a cell, in the order in which they come.",
    ),
    Terminal(
        "Windows console",
        (Sign("OS", r"Windows_NT"),),
        Rtl.SHAPE,
        _LIKELY,
        "Draws what comes in the order in which it comes (microsoft/terminal#12294).",
    ),
)
"""Told by variables that programs inside inherit, and ssh does not pass on."""
UNKNOWN = Terminal(
    "any other",
    (),
    Rtl.TERMINAL,
    _GUESS,
    "A wrong guess leaves text as every other program here prints it, and right once it is copied, "
    "searched or read aloud. Shaped text in a terminal that reorders would be neither.",
)
_FAR = (Sign("SSH_CONNECTION"), Sign("SSH_TTY"))
# The only variable here that ssh is usually told to pass on.
_PASSED_ON = ("TERM", "LC_TERMINAL")


def terminal_of(environment: Mapping[str, str]) -> Terminal:
    """Return the kind of terminal that an environment tells of.

    >>> terminal_of({"TERM": "xterm-256color", "VTE_VERSION": "7006"}).rtl.value
    'terminal'
    >>> terminal_of({"TERM": "xterm-256color"}).name
    'any other'
    """
    if any(sign.is_in(environment) for sign in _FAR):
        # The other variables are those of the machine that this runs on, which shows nothing.
        environment = {name: environment.get(name, "") for name in _PASSED_ON}
    for terminal in (*HIDDEN, *KNOWN_BY_TERM, *KNOWN):
        if any(sign.is_in(environment) for sign in terminal.signs):
            return terminal
    return UNKNOWN


def rtl_at(choice: str, environment: Mapping[str, str]) -> Rtl:
    """Return what a choice comes to at a terminal."""
    return terminal_of(environment).rtl if choice == AUTO else Rtl(choice)
