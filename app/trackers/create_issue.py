"""Creates one issue in a tracker.

Sources: https://docs.github.com/rest/issues/issues#create-an-issue and
https://docs.gitlab.com/api/issues/#create-an-issue.
"""

from typing import Any
from urllib.parse import quote, urlsplit

import requests
from msgspec import Struct

from app.loopback import is_loopback
from app.plain_text import one_line
from app.trackers.tracker import Service, Tracker

TIMEOUT_SECONDS = 20
LONGEST_TITLE = 250
# GitHub's limit; GitLab's is a million.
LONGEST_BODY = 65_000
_GITHUB = "github.com"


class TrackerError(Exception):
    """The issue was not created; the text is a sentence for the user that says what to do."""


class CreatedIssue(Struct, frozen=True):
    """The page of the new issue, and its number there."""

    url: str
    number: int


def create(tracker: Tracker, token: str, title: str, body: str) -> CreatedIssue:
    """Create an issue with this title and Markdown body. Raises `TrackerError`; is not tried again."""
    url, headers, fields = _request(tracker, token, title[:LONGEST_TITLE], body[:LONGEST_BODY])
    try:
        # A redirect would take the token elsewhere.
        answer = requests.post(
            url, json=fields, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
    except requests.RequestException as error:
        raise TrackerError(f"{tracker.address} did not answer: {one_line(str(error), 200)}") from error
    if answer.status_code != 201:
        raise TrackerError(_refusal(tracker, answer))
    return _created(tracker, answer)


def problem_with(tracker: Tracker) -> str:
    """What is wrong with a tracker's address or repository, as a sentence; empty when nothing is."""
    parts = urlsplit(tracker.address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "The address must begin with https:// and name a host."
    if parts.scheme == "http" and not is_loopback(tracker.address):
        return "The address must begin with https://: the token would be sent in the clear."
    owner, slash, name = tracker.repository.strip("/").partition("/")
    if not (owner and slash and name) or any(part in ("", ".", "..") for part in name.split("/")):
        return "The repository is written as owner/name."
    return ""


def _request(
    tracker: Tracker, token: str, title: str, body: str
) -> tuple[str, dict[str, str], dict[str, str]]:
    address, repository = tracker.address.rstrip("/"), tracker.repository.strip("/")
    if tracker.service is Service.GITHUB:
        host = urlsplit(address).hostname
        base = "https://api.github.com" if host == _GITHUB else f"{address}/api/v3"
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        return f"{base}/repos/{quote(repository)}/issues", headers, {"title": title, "body": body}
    url = f"{address}/api/v4/projects/{quote(repository, safe='')}/issues"
    return url, {"PRIVATE-TOKEN": token}, {"title": title, "description": body}


def _created(tracker: Tracker, answer: requests.Response) -> CreatedIssue:
    try:
        read: Any = answer.json()
        names = ("html_url", "number") if tracker.service is Service.GITHUB else ("web_url", "iid")
        url, number = str(read[names[0]]), int(read[names[1]])
    except (ValueError, KeyError, TypeError) as error:
        raise TrackerError("The issue was created, but the answer does not say where.") from error
    if urlsplit(url).scheme not in ("http", "https"):
        raise TrackerError("The issue was created, but the answer names no web page.")
    return CreatedIssue(url, number)


def _refusal(tracker: Tracker, answer: requests.Response) -> str:
    where = f"{tracker.address} answered {answer.status_code}"
    match answer.status_code:
        case 401:
            return f"{where}: the token is not valid. Make a new one there, and enter it here."
        case 403:
            return f"{where}: the token may not create issues in {tracker.repository}, or asked too often."
        case 404:
            return f"{where}: there is no {tracker.repository}, or the token may not see it."
        case 410:
            return f"{where}: {tracker.repository} has its issues switched off."
    return f"{where}: {one_line(answer.text[:2_000], 200)}"
