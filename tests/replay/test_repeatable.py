"""The request of an event, made ready to be sent again."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.model import Request
from app.replay import repeatable
from app.replay.repeatable import Repeatable


def of(**fields: object) -> Repeatable:
    made = repeatable.of(Request(**({"method": "POST", "url": "http://localhost:5000/pay"} | fields)))  # type: ignore[arg-type]
    assert made is not None
    return made


def test_what_belongs_to_the_connection_is_left_out() -> None:
    made = of(
        headers={"Host": "x", "Content-Length": "9", "sentry-trace": "1", "X-Kept": "a\r\nB: c", "b d": "1"}
    )
    assert made.headers == (("X-Kept", "a B: c"),)


def test_filtered_values_become_placeholders_and_are_filled() -> None:
    made = of(
        headers={"Authorization": "Bearer [Filtered]", "Content-Type": "application/json"},
        cookies={"sid": "********", "theme": "dark"},
        body={"user": "ada", "password": "[REDACTED]"},
        query="api_key=[Filtered]",
    )
    assert made.placeholders == ("url", "authorization", "sid", "password")
    filled = repeatable.filled(made, {"authorization": "abc", "password": 'q"', "url": "k"})
    assert filled.url == "http://localhost:5000/pay?api_key=k"
    assert dict(filled.headers) == {
        "Authorization": "Bearer abc",
        "Content-Type": "application/json",
        "Cookie": "sid=; theme=dark",
    }
    assert filled.placeholders == ()


def test_bodies_are_written_by_their_type() -> None:
    form = of(headers={"content-type": "application/x-www-form-urlencoded"}, body={"a": ["1", "2"], "b": "ä"})
    assert form.body == "a=1&a=2&b=%C3%A4"
    assert json.loads(of(body={"a": [1, None]}).body) == {"a": [1, None]}
    assert of(body="plain").body == "plain"
    assert of(body={}).body == ""


def test_a_request_without_an_address_cannot_be_repeated() -> None:
    assert repeatable.of(Request(method="GET")) is None


def test_another_base_has_the_same_path_and_query() -> None:
    made = of(url="http://web:8000/pay?x=1")
    assert repeatable.to_base(made, "http://localhost:5000").url == "http://localhost:5000/pay?x=1"
    assert repeatable.base_of(made.url) == "http://web:8000"
    assert repeatable.base_of("ftp://x/") == repeatable.base_of("http://x:y/") == ""


text = st.text(max_size=20)


@given(
    st.builds(
        Request,
        method=text,
        url=text,
        query=text,
        headers=st.dictionaries(text, text, max_size=3),
        body=st.none() | text | st.dictionaries(text, text | st.lists(text, max_size=2), max_size=3),
        cookies=st.none() | text | st.dictionaries(text, text, max_size=2),
    )
)
def test_any_request_is_made_ready(request: Request) -> None:
    made = repeatable.of(request)
    assert (made is None) == (not request.url)
    if made is not None:
        assert not any("\n" in value or "\r" in value for _name, value in made.headers)
        assert "«" not in repeatable.filled(made, {}).url or "«" in (request.url or "") + (
            request.query or ""
        )
