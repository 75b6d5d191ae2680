import pytest

from app.model import ExceptionInfo, Frame, Thread
from app.protocols.event import anonymous_classes
from tests.factories import make_event

CLASS = "App\\Job@anonymous"


@pytest.mark.parametrize(
    "place",
    [
        "\0/srv/releases/101/Job.php:7$0",
        "\0C:\\srv\\my app\\Job.php:7$3a",
        "\0/srv/Job.php0x7f8b1c2d",
        "\0/srv/releases/101/cut",
        "\\u0000/srv/Job.php:7$0",
        "\ufffd/srv/Job.php:7$0",
        " /srv/Job.php:7$0",
        "/srv/Job.php:7$0",
        "",
    ],
)
def test_a_name_has_no_place(place: str) -> None:
    name = f"{CLASS}{place}"
    event = make_event(
        title=f"{name}: no card",
        culprit=f"Job.php in {name}::handle",
        message=f"Call to undefined method {name}::pay() of a job",
        exceptions=(
            ExceptionInfo(type=name, value=f"{name}::pay()", frames=(Frame(function=f"{name}::handle"),)),
        ),
        threads=(Thread(frames=(Frame(module=name, function="handle"), Frame(function="main"))),),
    )

    found = anonymous_classes.without_places(event)

    assert found.title == f"{CLASS}: no card"
    assert found.culprit == f"Job.php in {CLASS}::handle"
    assert found.message == f"Call to undefined method {CLASS}::pay() of a job"
    (raised,) = found.exceptions
    assert (raised.type, raised.value) == (CLASS, f"{CLASS}::pay()")
    assert raised.frames[0].function == f"{CLASS}::handle"
    assert found.threads[0].frames[0].module == CLASS


def test_what_only_speaks_of_one_stays() -> None:
    text = "mail from nobody@anonymous is refused (see line:7)"
    assert anonymous_classes.without_places(make_event(message=text)).message == text
