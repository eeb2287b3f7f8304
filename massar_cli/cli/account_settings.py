"""The settings of the account in force, and of every other account of a run."""

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from massar_cli.codes import has_usual_shape
from massar_cli.configuration import DEFAULT_ACCOUNT, NOWHERE, find_folders, read_configuration
from massar_cli.language import translate as _
from massar_cli.language import use_language
from massar_cli.pace import Pace
from massar_cli.settings import (
    CODE_VARIABLE,
    Display,
    PasswordSource,
    Settings,
    load_settings,
    readers_settings,
)

if TYPE_CHECKING:
    from massar_cli.cli.run import GlobalOptions  # which holds what is here

_DEMO_ACCOUNT = "demo"
_DEMO_URL = "http://127.0.0.1/moutamadris"


class AccountSettings:
    """Reads the settings that the global options lead to; `say` is told what is odd in them."""

    def __init__(self, options: "GlobalOptions", say: Callable[[str], None]) -> None:
        self._options = options
        self._say = say

    @cached_property
    def in_force(self) -> Settings:
        """The settings in force; the practice portal's own with --demo."""
        return self._of_demo() if self._options.demo else self.load()

    def of_the_reader(self) -> tuple[str, Display]:
        """Return the language and how tables look, which count with --demo too."""
        return readers_settings(self._options.language, speak=use_language)

    def load(self, *, may_be_new: bool = False) -> Settings:
        """Read the settings; `may_be_new` accepts an account that no file names yet."""
        settings = self.read(may_be_new=may_be_new)
        self._warn_of_code(settings)
        return settings

    def read(self, *, may_be_new: bool = False) -> Settings:
        """Read the settings, and say nothing about them."""
        return self._read(self._options.account, may_be_new=may_be_new)

    def names(self) -> tuple[str, ...]:
        """Return the accounts of --all-children: the one of --account, else every configured one.

        The one that MASSAR_CODE names comes first, under the variable's name. Those of the
        configuration file follow in its order, then those that `massar login` remembers.
        """
        settings = self.in_force
        if self._options.demo or self._options.account is not None:
            return (settings.account,)
        configuration = read_configuration(settings.folders.configuration_file)
        at_its_top = (DEFAULT_ACCOUNT,) if configuration.get("code") else ()
        configured = (*at_its_top, *configuration.get("accounts", {}), *self._remembered)
        names = tuple(dict.fromkeys(configured))
        if self._is_of_environment:
            return CODE_VARIABLE, *names
        return names or (settings.account,)

    def of(self, name: str) -> Settings:
        """Return the settings of one of the accounts.

        The environment's password is for its code; without one it is the usual account's.
        """
        if name == (CODE_VARIABLE if self._is_of_environment else self.in_force.account):
            return self.in_force
        settings = self._read(name)
        self._warn_of_code(settings)
        return settings

    @property
    def _is_of_environment(self) -> bool:
        """Whether the code in force is the environment's."""
        return self.in_force.origins.get("code") == CODE_VARIABLE

    @cached_property
    def _remembered(self) -> dict[str, dict[str, str]]:
        from massar_cli.accounts import load_remembered

        return load_remembered(find_folders(os.environ).state)

    def _read(self, account: str | None, *, may_be_new: bool = False) -> Settings:
        options = self._options
        return load_settings(
            account=account,
            url=options.url,
            language=options.language,
            timeout=options.timeout,
            remembered=self._remembered,
            may_be_new=may_be_new,
            speak=use_language,
        )

    def _warn_of_code(self, settings: Settings) -> None:
        if settings.code and not has_usual_shape(settings.code):
            self._say(
                _("{code} does not look like a Massar code; it is tried as it is.").format(
                    code=settings.code
                )
            )

    def _of_demo(self) -> Settings:
        from massar_cli.practice.students import DEMO

        language, display = self.of_the_reader()
        timeout = self._options.timeout or Pace().timeout
        return Settings(
            account=_DEMO_ACCOUNT,
            url=_DEMO_URL,
            code=DEMO.code,
            password_source=PasswordSource(value=DEMO.password),
            language=language,
            folders=NOWHERE,
            origins={},
            pace=Pace(timeout=timeout, spacing=0.0),
            display=display,
        )
