"""Skeletons of failing tests in other languages: the request sent again, or a word on what to call."""

import re
from collections.abc import Callable

from app.model import Event
from app.protocols.event.failing_frame import choice
from app.sharing import literals, words
from app.sharing.http_case import HttpCase

_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9]+")
Maker = Callable[[Event, HttpCase | None], str]


def javascript(event: Event, case: HttpCase | None) -> str:
    """For Jest and Vitest, which share these words."""
    q = literals.javascript
    head = "// Fails as long as the bug is there. Read it before you run it: its values came from outside.\n"
    if case is None:
        return f"{head}test({q(words.title(event))}, () => {{\n  throw new Error({q(_todo(event))});\n}});\n"
    lines = [
        f"const BASE = {q(case.base)};",
        "",
        f"test({q(words.title(event))}, async () => {{",
        f"  const response = await fetch(BASE + {q(case.target)}, {{",
        f"    method: {q(case.method)},",
        "    headers: {",
        *(f"      {q(name)}: {q(value)}," for name, value in _headers(case)),
        "    },",
        *([f"    body: {q(case.body)},"] if case.body and case.method not in ("GET", "HEAD") else []),
        "  });",
        "  expect(response.status).toBeLessThan(500);",
        "});",
    ]
    return head + "\n".join(lines) + "\n"


def java(event: Event, case: HttpCase | None) -> str:
    """For JUnit 5 and Java 11."""
    q = literals.java
    lines = [
        "// Fails as long as the bug is there. Read it before you run it: its values came from outside.",
        "import static org.junit.jupiter.api.Assertions.*;",
        "",
        "import java.net.URI;",
        "import java.net.http.HttpClient;",
        "import java.net.http.HttpRequest;",
        "import java.net.http.HttpResponse;",
        "import org.junit.jupiter.api.DisplayName;",
        "import org.junit.jupiter.api.Test;",
        "",
        f"class {_camel(event)}Test {{",
        "    @Test",
        f"    @DisplayName({q(words.title(event))})",
        "    void doesNotFail() throws Exception {",
    ]
    if case is None:
        lines.append(f"        fail({q(_todo(event))});")
    else:
        lines += [
            f"        var request = HttpRequest.newBuilder(URI.create({q(case.base)} + {q(case.target)}))",
            f"            .method({q(case.method)}, HttpRequest.BodyPublishers.ofString({q(case.body)}))",
            *(f"            .header({q(name)}, {q(value)})" for name, value in _headers(case)),
            "            .build();",
            "        var answers = HttpResponse.BodyHandlers.discarding();",
            "        var response = HttpClient.newHttpClient().send(request, answers);",
            "        assertTrue(response.statusCode() < 500);",
        ]
    return "\n".join([*lines, "    }", "}"]) + "\n"


def ruby(event: Event, case: HttpCase | None) -> str:
    """For RSpec."""
    q = literals.ruby
    lines = [
        "# Fails as long as the bug is there. Read it before you run it: its values came from outside.",
        'require "net/http"',
        "",
        f"RSpec.describe {q(words.title(event))} do",
        '  it "does not fail" do',
    ]
    if case is None:
        lines.append(f"    raise {q(_todo(event))}")
    else:
        lines += [
            f"    uri = URI({q(case.base)} + {q(case.target)})",
            f"    request = Net::HTTPGenericRequest.new({q(case.method)}, true, true, uri.request_uri)",
            *(f"    request[{q(name)}] = {q(value)}" for name, value in _headers(case)),
            *([f"    request.body = {q(case.body)}"] if case.body else []),
            "    response = Net::HTTP.start(uri.hostname, uri.port) do |http|",
            "      http.request(request)",
            "    end",
            "    expect(response.code.to_i).to be < 500",
        ]
    return "\n".join([*lines, "  end", "end"]) + "\n"


def go(event: Event, case: HttpCase | None) -> str:
    """For Go's own `testing`."""
    q = literals.go
    name = f"Test{_camel(event)}"
    head = "// Fails as long as the bug is there. Read it before you run it: its values came from outside."
    if case is None:
        body = [head, "package main", "", 'import "testing"', "", f"func {name}(t *testing.T) {{"]
        return "\n".join([*body, f"\tt.Fatal({q(_todo(event))})", "}"]) + "\n"
    lines = [
        head,
        "package main",
        "",
        "import (",
        '\t"net/http"',
        '\t"strings"',
        '\t"testing"',
        ")",
        "",
        f"func {name}(t *testing.T) {{",
        f"\tbody := strings.NewReader({q(case.body)})",
        f"\trequest, err := http.NewRequest({q(case.method)}, {q(case.base)}+{q(case.target)}, body)",
        "\tif err != nil {",
        "\t\tt.Fatal(err)",
        "\t}",
        *(f"\trequest.Header.Set({q(key)}, {q(value)})" for key, value in _headers(case)),
        "\tresponse, err := http.DefaultClient.Do(request)",
        "\tif err != nil {",
        "\t\tt.Fatal(err)",
        "\t}",
        "\tdefer response.Body.Close()",
        "\tif response.StatusCode >= 500 {",
        "\t\tt.Fatal(response.Status)",
        "\t}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def php(event: Event, case: HttpCase | None) -> str:
    """For PHPUnit."""
    q = literals.php
    lines = [
        "<?php",
        "// Fails as long as the bug is there. Read it before you run it: its values came from outside.",
        "use PHPUnit\\Framework\\TestCase;",
        "",
        f"final class {_camel(event)}Test extends TestCase",
        "{",
        "    public function testDoesNotFail(): void",
        "    {",
    ]
    if case is None:
        lines.append(f"        $this->fail({q(_todo(event))});")
    else:
        lines += [
            "        $context = stream_context_create(['http' => [",
            f"            'method' => {q(case.method)},",
            "            'header' => [",
            *(f"                {q(f'{name}: {value}')}," for name, value in _headers(case)),
            "            ],",
            f"            'content' => {q(case.body)},",
            "            'ignore_errors' => true,",
            "        ]]);",
            f"        $body = file_get_contents({q(case.base)} . {q(case.target)}, false, $context);",
            "        $this->assertNotFalse($body);",
            "        $status = (int) explode(' ', $http_response_header[0])[1];",
            "        $this->assertLessThan(500, $status);",
        ]
    return "\n".join([*lines, "    }", "}"]) + "\n"


def csharp(event: Event, case: HttpCase | None) -> str:
    """For xUnit."""
    q = literals.csharp
    lines = [
        "// Fails as long as the bug is there. Read it before you run it: its values came from outside.",
        "using System.Net.Http;",
        "using System.Threading.Tasks;",
        "using Xunit;",
        "",
        f"public class {_camel(event)}Test",
        "{",
        f"    [Fact(DisplayName = {q(words.title(event))})]",
        "    public async Task DoesNotFail()",
        "    {",
    ]
    if case is None:
        lines += ["        await Task.CompletedTask;", f"        Assert.Fail({q(_todo(event))});"]
    else:
        lines += [
            f"        var method = new HttpMethod({q(case.method)});",
            f"        using var request = new HttpRequestMessage(method, {q(case.base)} + {q(case.target)});",
            *(
                f"        request.Headers.TryAddWithoutValidation({q(name)}, {q(value)});"
                for name, value in case.headers.items()
            ),
        ]
        if case.body:
            lines.append(f"        request.Content = new StringContent({q(case.body)});")
            if case.content_type:
                lines += [
                    '        request.Content.Headers.Remove("Content-Type");',
                    f"        var contentType = {q(case.content_type)};",
                    '        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);',
                ]
        lines += [
            "        using var client = new HttpClient();",
            "        using var response = await client.SendAsync(request);",
            "        Assert.True((int)response.StatusCode < 500);",
        ]
    return "\n".join([*lines, "    }", "}"]) + "\n"


def _headers(case: HttpCase) -> list[tuple[str, str]]:
    given = list(case.headers.items())
    return [*given, ("Content-Type", case.content_type)] if case.content_type else given


def _camel(event: Event) -> str:
    raised = event.exceptions[-1].type if event.exceptions else None
    spoken = _NOT_IN_NAME.sub(" ", (raised or event.title)[:80]).split()
    name = "".join(word[:1].upper() + word[1:] for word in spoken)[:60]
    return name if name[:1].isalpha() else f"Error{name}"


def _todo(event: Event) -> str:
    raised = words.raised_first(event)
    frame = choice.frame_of(raised[0].exception.frames, event.platform) if raised else None
    place = f"{words.function(frame)} in {words.where(frame)}" if frame is not None else words.title(event)
    return f"Call what failed: {place}"
