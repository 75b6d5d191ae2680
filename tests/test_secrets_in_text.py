"""Which parts of a text are secrets, and which only mention one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.secrets_in_text import FILTERED, hide, hide_in_code

SECRETS = (
    "postgres://user:pw@host/db",
    "postgres://user:p@ss@host",
    "redis://:pw@h:6379/0",
    "postgres://u:pa/ss@h/db",
    "password=hunter2",
    "password: hunter2",
    "password: swordfish",
    "Password = 'a b c'",
    "token: abc123def",
    "Authorization: Bearer abc.def.ghi",
    "Authorization: Basic dXNlcjpwYXNz",
    "api_key=abcdef",
    "{'password': 'hunter2', 'n': 1}",
    '{"api_key": "0123456789"}',
    '{\\"password\\": \\"hunter2\\"}',
    "Bearer abc123def456",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghij",
    "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEabc+/=\n-----END RSA PRIVATE KEY----- tail",
    "-----BEGIN PRIVATE KEY-----\nMIIE",
    "Cookie: a=b; c=d",
    "/login?token=abcdef&next=/",
    "mysql --password hunter2 -h x",
    "<password>hunter2</password>",
    "<api-key>76fdb93ab2cf276ec080671a8b3d3866</api-key>",
    '<var key="user_password">hunter2</var>',
    "DB_PASSWORD=x;Server=y",
    "jdbc:x;user=a;password=b;ssl=1",
    '"password"=>"secret1"',
    "https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/x",
    "https://u:p%40@h",
    "client_secret=abc",
    "X-Api-Key: abc123",
    "user:pw postgresql+psycopg://app:hunter2@db",
    "password=hunter2,x",
    "pwd=x",
    "--db-password x",
    "İ password=ab",
)
ORDINARY = (
    "password is wrong",
    "token expired",
    "the password was wrong",
    "3 tokens used",
    "Unexpected token: }",
    "Unexpected token: punc (})",
    "SyntaxError: Unexpected token '<'",
    "Unexpected token: 'export'",
    "KeyError: 'password'",
    "password: must be longer",
    "Invalid password: too short",
    "http://localhost:1974/1",
    "mail ada@example.org",
    "http://h:8080/x?e=a@b.c",
    "Basic authentication failed",
    'Bearer realm="x"',
    "basic auth is required",
    "token == null",
    "token=null",
    "secret: none",
    "monkey=banana",
    "keyboard: x",
    "author=me",
    "tokenizer: bert",
    "NullPointerException: api key missing",
    "password=[Filtered]",
    "postgres://app:[Filtered]@db",
    "{'password': '[Filtered]'}",
    "git@github.com:a/b",
    "C://a:b",
    "session expired",
    "max_tokens: 1000",
    "signature: f(x)",
    "password=[Filtered] token=[Filtered]",
    "Authorization: Bearer [Filtered]",
    "compass: north",
    "bypass=1",
    "passenger: bob",
    "design: x",
)
# A pattern without bounds would take a second to an hour for each of these.
LONG = (
    "a" * 200_000 + "token", "password" * 20_000, "-----BEGIN PRIVATE KEY-----" * 5_000, "://a:" * 30_000,
    "://a:" + "b@" * 50_000, "eyJ-" * 30_000, "eyJaaaaaaaaa." * 10_000, "password=\"" * 10_000,
    "cookie:" * 20_000, "Bearer " * 20_000, "-" * 200_000 + "token=", "\\" * 100_000 + "password=",
)  # fmt: skip


@pytest.mark.parametrize("text", SECRETS)
def test_secret_is_hidden_and_hiding_is_idempotent(text: str) -> None:
    shown = hide(text)
    assert FILTERED in shown
    assert hide(shown) == shown
    assert not set("hunter2 swordfish".split()) & set(shown.replace(":", " ").replace("=", " ").split())


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_not_changed(text: str) -> None:
    assert hide(text) == text


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_long_texts_do_not_backtrack(text: str) -> None:
    hide(text)
    hide_in_code(text)


@given(st.text(alphabet="pasword=:/@'\" \\tokenkeybearBasic-.\n<>eyJ", max_size=200))
def test_hiding_any_text_is_idempotent(text: str) -> None:
    assert hide(hide(text)) == hide(text)


@given(
    st.text(alphabet="abcxyz0189_-.", min_size=4, max_size=40),
    st.sampled_from(
        (
            "postgres://u:{}@db/x",
            "password={}",
            '{{"password": "{}"}}',
            "api_key={}&x=1",
            "--token {}",
            "Cookie: s={}",
        )
    ),
)
def test_no_part_of_a_secret_is_left(secret: str, form: str) -> None:
    if secret.startswith("-"):
        secret = f"x{secret}"
    assert hide(form.format(secret)) in (form.format(FILTERED), form.format(FILTERED).replace("s=", ""))
