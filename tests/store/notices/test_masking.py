"""No secret of a channel is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.notices.channels import Channel
from app.store.notices.masking import masked, without_secrets


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("json://user:pass@hooks.local:8080/T0K3N?key=value", "json://hooks.local:8080/…"),
        ("mailto://me:pass@gmail.com", "mailto://gmail.com/…"),
        ("slack://TokenA/TokenB/TokenC/#general", "slack://…"),
        ("tgram://123456:secret/42", "tgram://…"),
        ("ntfy://topic", "ntfy://…"),
        ("https://hooks.slack.com/services/T/B/X", "https://hooks.slack.com/…"),
        ("json://user:p@ss@host/x", "json://host/…"),
        ("secret", "…"),
        ("se cret://host", "…"),
        ("", "…"),
    ],
)
def test_scheme_and_where_it_is_one_host(url: str, shown: str) -> None:
    assert masked(url) == shown


tokens = st.text(st.sampled_from("ABCDEFGHabcdefgh0123456789_-%."), min_size=8, max_size=20).map(
    lambda t: "Q" + t
)


@given(
    user=tokens,
    password=tokens,
    path=tokens,
    value=tokens,
    scheme=st.sampled_from(["json", "slack", "mailto"]),
)
def test_what_others_say_is_shown_without_them(
    user: str, password: str, path: str, value: str, scheme: str
) -> None:
    url = f"{scheme}://{user}:{password}@host.example/{path}?token={value}"
    said = f"Could not post to {url}: 401 for {user}, {password!r} at /{path} ({value.upper()})"
    shown = without_secrets(said, url)
    for secret in (user, password, path, value):
        assert secret.lower() not in shown.lower()
        assert secret.lower() not in masked(url).lower()
    assert shown.startswith("Could not post to")
    assert "401 for" in shown


def test_short_secrets_are_masked_only_as_whole_words() -> None:
    assert without_secrets("Failed at fail: 500", "json://host/fail") == "Failed at …: 500"


def test_a_printed_channel_shows_no_secret() -> None:
    channel = Channel(id=1, name="hook", url="json://user:hunter2@host/t0psecret")
    assert repr(channel) == "Channel(1, 'hook', 'json://host/…')"
    assert "hunter2" not in f"{channel}{[channel]}"
