"""Steps that follow the way to the portal: proxy, name, connection, encryption, sign-in page."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from massar_cli.checks.checklist import Finding, ok, skipped, warning
from massar_cli.checks.surroundings import compare_clocks
from massar_cli.hosts import is_loopback
from massar_cli.language import listed
from massar_cli.language import translate as _
from massar_cli.portal.connection import Connection
from massar_cli.portal.login import open_form
from massar_cli.portal.reach import (
    Place,
    can_be_secured_alone,
    connect,
    first_place,
    look_up,
    secure,
)
from massar_cli.portal.time_limit import TimeLimit
from massar_cli.portal.tls import Store, find_store

_MOST_ADDRESSES = 3
_SOON = timedelta(days=7)


@dataclass(kw_only=True)
class Way:
    """The way to the portal at `base`; all its steps share one time limit."""

    base: str
    limit: TimeLimit
    _place: Place | None = None

    @property
    def place(self) -> Place:
        """Where a connection goes to first."""
        if self._place is None:
            self._place = first_place(self.base)
        return self._place

    def find_proxy(self) -> Finding:
        """Say whether there is a proxy on the way."""
        proxy = self.place.proxy
        if proxy is not None:
            address = f"{proxy.scheme}://{proxy.host}:{proxy.port}"
            origin = proxy.setting or _("the system's settings")
            return ok(f"{address} ({origin})")
        if is_loopback(self.place.host):
            return ok(_("no proxy: this machine's own address is asked directly"))
        return ok(_("no proxy"))

    def find_name(self) -> Finding:
        """Say which addresses the name stands for."""
        if is_loopback(self.place.host):
            return ok(_("{host} is this machine").format(host=self.place.host))
        addresses = look_up(self.place, self.limit)
        return ok(
            _("{host}: {addresses}").format(
                host=self.place.host, addresses=listed(addresses[:_MOST_ADDRESSES])
            )
        )

    def find_connection(self) -> Finding:
        """Say whether somebody takes a connection."""
        started = time.monotonic()
        connect(self.place, self.limit)
        text = (
            _("the proxy {host}, port {port}, in {seconds} s")
            if self.place.proxy
            else _("{host}, port {port}, in {seconds} s")
        )
        return ok(
            text.format(host=self.place.host, port=self.place.port, seconds=_seconds_since(started))
        )

    def find_encryption(self) -> Finding:
        """Say who vouches for the portal, and until when."""
        if urlsplit(self.base).scheme == "http":
            return ok(_("none, as only this machine's own address may be asked"))
        if not can_be_secured_alone(self.place):
            return skipped(_("cannot be tried by itself through such a proxy"))
        secured = secure(self.base, self.place, self.limit)
        text = _("{version}, checked with {store}").format(
            version=secured.version or "TLS", store=_store_name()
        )
        if secured.issuer is None or secured.ends_at is None:
            return ok(text)
        end = secured.ends_at.strftime("%Y-%m-%d")
        text = _("{text}; vouched for by {issuer} until {date}").format(
            text=text, issuer=secured.issuer, date=end
        )
        if secured.ends_at - datetime.now(UTC) > _SOON:
            return ok(text)
        return warning(text, _("The portal has to renew its certificate before that day."))


def _store_name() -> str:
    return {
        Store.NAMED: "SSL_CERT_FILE, SSL_CERT_DIR",
        Store.OF_THE_DESKTOP: _("the system's certificates"),
        Store.OF_THE_SYSTEM: _("the system's certificates"),
        Store.BUNDLED: _("the certificates of certifi"),
    }[find_store()]


class SignInPage:
    """The portal's sign-in page, looked at by nobody in particular; nothing is sent."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._portals: datetime | None = None
        self._own = datetime.now(UTC)

    def find(self) -> Finding:
        """Say whether the portal is in service."""
        started = time.monotonic()
        with self._connect() as connection, connection.time_limit():
            page = open_form(connection).page
        self._own, self._portals = datetime.now(UTC), page.date
        return ok(
            _("in service: its sign-in page is as known, in {seconds} s").format(
                seconds=_seconds_since(started)
            )
        )

    def find_clock(self) -> Finding:
        """Say how far this computer's clock is from the portal's."""
        return compare_clocks(self._portals, self._own)


def _seconds_since(started: float) -> str:
    return f"{time.monotonic() - started:.2f}"
