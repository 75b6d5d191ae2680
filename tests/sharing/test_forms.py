"""The forms are a table, each with a key of its own."""

from app.sharing import forms


def test_each_has_a_key_of_its_own() -> None:
    keys = [form.label.partition("&")[2][:1].lower() for form in forms.FORMS]
    assert len(set(keys)) == len(forms.FORMS)
    assert "" not in keys


def test_an_unknown_one_is_the_first() -> None:
    assert forms.form("text").name == "text"
    assert forms.form("unheard of") is forms.FIRST
