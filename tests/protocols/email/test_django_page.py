from app.protocols.email import django_page, mail
from tests.protocols.email.mails import MAILS

# A frame as django/views/templates/technical_500.html of Django 5.2 writes it.
FRAME = """<li class="frame user">
  <code class="fname">/srv/shop/views.py</code>, line 3, in pay
  <div class="context"><ol start="1" class="pre-context"><li><pre>def pay():</pre></li><li><pre></pre></li></ol>
  <ol start="3" class="context-line"><li><pre>    charge(&quot;&lt;b&gt;&quot;)</pre></li></ol></div>
  <table class="vars"><tbody><tr><td>order</td><td class="code"><pre>{&#x27;id&#x27;: 7}</pre></td></tr></tbody></table>
</li>"""  # noqa: E501


def test_frames_of_a_page_of_django() -> None:
    page = mail.parse((MAILS / "django_crash_html.eml").read_bytes()).page

    found = django_page.frames(page)

    assert [(frame.function, frame.line) for frame in found[:2]] == [
        ("process_order", 19),
        ("charge_card", 16),
    ]
    crash = found[1]
    assert crash.vars == {"order": "1042", "table": "{'gold': 1}"}
    ((number, source),) = crash.context
    assert (number, source.split("\n")[0].strip()) == (16, 'return table["basic"]')


def test_source_and_locals_of_a_frame() -> None:
    (frame,) = django_page.frames(f"<ul>{FRAME}</ul>")

    assert (frame.path, frame.line, frame.function) == ("/srv/shop/views.py", 3, "pay")
    assert frame.context == [(1, "def pay():"), (2, ""), (3, '    charge("<b>")')]
    assert frame.vars == {"order": "{'id': 7}"}


def test_a_page_without_frames_has_none() -> None:
    assert django_page.frames("<html><body><pre>Traceback</pre></body></html>") == []
    assert django_page.frames("") == []


def test_a_page_cut_short_has_what_arrived() -> None:
    found = django_page.frames(FRAME + FRAME[: FRAME.index("<div")])

    assert [(frame.path, frame.line) for frame in found] == [("/srv/shop/views.py", 3)] * 2
