from app.model import Sdk
from tests.ui.detail.samples import bare_event
from ui.detail.values.dialect import JSON, Strings, is_from_sentrys_python, of_event, of_locals


def test_the_words_are_the_languages() -> None:
    assert of_event(bare_event(platform="ruby")).null == "nil"
    assert of_event(bare_event(platform="python")).true == "True"
    assert of_event(bare_event(platform="cobol")) == JSON
    assert of_event(bare_event()) == JSON


def test_only_some_clients_of_python_send_locals_as_text() -> None:
    forms = {
        name: of_locals(bare_event(platform="python", sdk=Sdk(name=name))).strings
        for name in ("sentry.python.flask", "raven-python", "raygun4py", "pyrollbar")
    }
    assert forms == {
        "sentry.python.flask": Strings.REPR,
        "raven-python": Strings.REPR,
        "raygun4py": Strings.STR,
        "pyrollbar": Strings.QUOTED,
    }
    assert of_locals(bare_event(platform="python")).strings is Strings.QUOTED
    assert of_locals(bare_event(platform="ruby", sdk=Sdk(name="sentry.python"))).strings is Strings.QUOTED


def test_sentrys_python_client() -> None:
    assert is_from_sentrys_python(bare_event(sdk=Sdk(name="sentry.python.django")))
    assert not is_from_sentrys_python(bare_event(sdk=Sdk()))
    assert not is_from_sentrys_python(bare_event())
