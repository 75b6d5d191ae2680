"""Packages as what installs them."""

from app.event_parts import modules


def test_each_platform_has_its_form() -> None:
    installed = {"zope": "1", "Flask": "3.1.0"}
    assert modules.as_requirements(installed, "python") == "Flask==3.1.0\nzope==1\n"
    assert modules.as_requirements(installed, "node") == "Flask@3.1.0\nzope@1\n"
    assert modules.as_requirements(installed, "ruby") == 'gem "Flask", "3.1.0"\ngem "zope", "1"\n'
    assert modules.as_requirements(installed, None) == "Flask 3.1.0\nzope 1\n"


def test_what_is_no_package_is_no_line() -> None:
    hostile = {"a\n--index-url http://x": "1", "b": "1; rm -rf /", "": "1", "@scope/c": "^1.0", "e'": "1"}
    assert modules.as_requirements(hostile, "node") == "@scope/c@^1.0\n"


def test_they_are_in_the_order_of_their_names() -> None:
    assert list(modules.ordered({"zope": "1", "Flask": "3.1.0", "attrs": "1"})) == ["attrs", "Flask", "zope"]
