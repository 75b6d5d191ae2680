from app.protocols.sentry import envelope_lines


def test_the_next_header_is_a_line_that_names_a_type_and_nothing_of_a_payload() -> None:
    body = b'{"type":"x","message":"a payload"}\n text {"type":"no line"}\n{"type":"event"}\n'

    assert envelope_lines.next_header(body, 0) == body.index(b'{"type":"event"}')
    assert envelope_lines.next_header(body, body.index(b'{"type":"event"}') + 1) == len(body)


def test_a_payload_with_a_key_of_events_is_an_event() -> None:
    assert envelope_lines.is_event(b'{"message": "no card"}', 0)
    assert not envelope_lines.is_event(b'{"spans": []}', 0)
    assert not envelope_lines.is_event(b'"message": 1', 0)


def test_a_byte_order_mark_and_blank_lines_say_nothing() -> None:
    assert envelope_lines.first_line_start(b"\xef\xbb\xbf\r\n {}") == 6
