"""Which tracker a project's issues go to. Its token is in the keyring, not here."""

from enum import StrEnum

from msgspec import Struct


class Service(StrEnum):
    """The trackers that can be written to."""

    GITHUB = "github"
    GITLAB = "gitlab"


class Tracker(Struct, frozen=True, kw_only=True):
    """A repository (`acme/shop`) of a service at an address such as `https://github.com`."""

    service: Service = Service.GITHUB
    address: str = "https://github.com"
    repository: str = ""


ADDRESSES = {Service.GITHUB: "https://github.com", Service.GITLAB: "https://gitlab.com"}
